/** `npm run keycloak:setup`: makes an existing realm ready for the portal; `--help` says how. */
import { reasonOf } from './change-log';
import { updateClientFile } from './client-file';
import { setUpRealm } from './set-up-realm';
import { help, type Inputs, readInputs } from './setup-inputs';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function run({ setUp, clientsFile, showSecrets }: Extract<Inputs, { kind: 'run' }>): Promise<number> {
  const result = await setUpRealm(setUp);
  const file = clientsFile === undefined ? undefined : await updateClientFile(setUp, clientsFile, setUp.dryRun);
  const changes = [...result.changes, ...(file?.changes ?? [])];
  for (const line of changes) print(setUp.dryRun ? `would ${line}` : line);
  if (changes.length === 0) print('nothing to change');
  for (const note of [...result.notes, ...(file?.notes ?? [])]) print(`note: ${note}`);
  if (showSecrets || (result.createdClients && !setUp.dryRun)) {
    if (result.clientSecret !== undefined) print(`KEYCLOAK_CLIENT_SECRET=${result.clientSecret}`);
    if (result.adminClientSecret !== undefined) print(`KEYCLOAK_ADMIN_CLIENT_SECRET=${result.adminClientSecret}`);
  }
  return setUp.dryRun && changes.length > 0 ? 3 : 0;
}

async function main(): Promise<number> {
  const inputs = readInputs(process.argv.slice(2), process.env);
  if (inputs.kind === 'help') {
    process.stdout.write(help);
    return 0;
  }
  if (inputs.kind === 'wrong') {
    inputs.problems.forEach(complain);
    return 2;
  }
  try {
    return await run(inputs);
  } catch (error) {
    complain(reasonOf(error));
    return 1;
  }
}

main().then((code) => {
  process.exitCode = code;
});
