import { ASKED, account, messages, openBothPages, signUp } from './both-pages';
import { expect, test } from './fixtures';
import { PLAIN_REALM } from './parity/case';
import { stack } from './stack';

openBothPages();

const policy = (items: string) => ({ world: { passwordPolicy: `${items} and ${PLAIN_REALM.passwordPolicy}` } });

test.describe('RegisterTest', () => {
  test('registerExistingUsernameForbidden', async () => {
    const result = await signUp({ username: ['TAKEN'] });
    expect(messages(result)).toEqual({ username: ['usernameExistsMessage'] });
    const { kept } = result.portal.outcome as Extract<typeof result.portal.outcome, { status: 'refused' }>;
    expect(kept).toMatchObject({ username: ['TAKEN'], firstName: ['firstName'], password: [], 'password-confirm': [] });
  });

  test('registerExistingEmailForbidden: nobody is made, and nobody is told', async () => {
    const result = await signUp({ email: ['Taken@Example.com'] }, { onPurpose: ['a known address is not told'] });
    expect(result.portal.outcome).toEqual({ status: 'accepted', user: undefined });
  });

  test('registerExistingEmailAllowed', async () => {
    const world = { duplicateEmails: true, loginWithEmail: false };
    expect(account(await signUp({ email: ['taken@example.com'] }, { world }))?.email).toBe('taken@example.com');
  });

  test('registerUpperCaseEmail', async () => {
    const user = account(await signUp({ email: ['RegisterUser@EXAMPLE.com'] }));
    expect(user).toMatchObject({ email: 'registeruser@example.com', username: 'registeruser' });
  });

  test('registerUpperCaseEmailAsUsername', async () => {
    const world = { emailAsUsername: true };
    const user = account(await signUp({ email: ['RegisterUser@EXAMPLE.com'] }, { world }));
    expect(user).toMatchObject({ email: 'registeruser@example.com', username: 'registeruser@example.com' });
  });

  test('registerUpperCaseEmailWithChangedEmailAsUsername: another address is another username', async () => {
    const world = { emailAsUsername: true };
    const [first, second] = [['First@Example.com'], ['Second@Example.com']];
    expect(account(await signUp({ email: first }, { world }))?.username).toBe('first@example.com');
    expect(account(await signUp({ email: second }, { world }))?.username).toBe('second@example.com');
  });

  test('registerUserInvalidPasswordConfirm', async () => {
    const result = await signUp({ 'password-confirm': ['invalid'] });
    expect(messages(result)).toEqual({ 'password-confirm': ['invalidPasswordConfirmMessage'] });
  });

  test('registerUserMissingPassword', async () => {
    const result = await signUp({ password: [''], 'password-confirm': [''] });
    expect(messages(result)).toEqual({ password: ['missingPasswordMessage'] });
  });

  test('registerPasswordPolicy: a bare length means 8', async () => {
    const short = await signUp({ password: ['pass'], 'password-confirm': ['pass'] }, policy('length'));
    expect(short.portal.outcome).toMatchObject({ errors: { password: ['en:invalidPasswordMinLengthMessage|8'] } });
    const long = await signUp({ password: ['password'], 'password-confirm': ['password'] }, policy('length'));
    expect(account(long)?.credentials).toEqual(['password']);
  });

  test('registerUserMissingUsername', async () => {
    expect(messages(await signUp({ username: [''] }))).toEqual({ username: ['missingUsernameMessage'] });
  });

  test('registerUserMissingEmail', async () => {
    expect(messages(await signUp({ email: [''] }))).toEqual({ email: ['missingEmailMessage'] });
  });

  test('registerUserInvalidEmail', async () => {
    expect(messages(await signUp({ email: ['registerUserInvalidEmailemail'] }))).toEqual({
      email: ['error-invalid-email'],
    });
  });

  test('registerUserManyErrors: one for every field at once', async () => {
    const empty = Object.fromEntries(ASKED.map((name) => [name, ['']]));
    expect(messages(await signUp(empty))).toEqual({
      username: ['missingUsernameMessage'],
      email: ['missingEmailMessage'],
      firstName: ['error-user-attribute-required'],
      lastName: ['error-user-attribute-required'],
      password: ['missingPasswordMessage'],
    });
  });

  test('registerUserSuccess: odd characters in the username, and no attribute but the language', async () => {
    const user = account(await signUp({ username: ['register.User-12_3@x'] }));
    expect(user).toMatchObject({ username: 'register.user-12_3@x', enabled: true, emailVerified: false });
    expect(user?.attributes).toEqual({ locale: ['en'] });
    expect(user?.groups).toEqual(['/everyone']);
  });

  test('registerUserChangedLocaleSuccess', async () => {
    const user = account(await signUp({}, { visit: { locale: 'de' } }));
    expect(user?.attributes).toEqual({ locale: ['de'] });
  });

  test('without internationalization no language is stored', async () => {
    expect(account(await signUp({}, { world: { internationalization: false } }))?.attributes).toEqual({});
  });

  for (const editUsername of [true, false]) {
    test(`registerUserSuccessEditUsername${editUsername ? 'Enabled' : 'Disabled'}`, async () => {
      expect(account(await signUp({}, { world: { editUsername } }))?.username).toBe('registeruser');
    });
  }

  test('registerUserUmlats', async () => {
    const user = account(await signUp({ firstName: ['Äǜǳǰ'], lastName: ['Öçşñ'] }));
    expect(user).toMatchObject({ firstName: 'Äǜǳǰ', lastName: 'Öçşñ' });
  });

  test('registerUserNotUsernamePasswordPolicy', async () => {
    const password = ['REGISTERUSER'];
    const result = await signUp({ password, 'password-confirm': password }, policy('notUsername(undefined)'));
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotUsernameMessage'] });
  });

  test('registerUserNotContainsUsernamePasswordPolicy', async () => {
    const password = ['xRegisterUserx'];
    const result = await signUp({ password, 'password-confirm': password }, policy('notContainsUsername(undefined)'));
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotContainsUsernameMessage'] });
  });

  test('registerUserNotEmailPasswordPolicy, with e-mail as username', async () => {
    const password = ['REGISTERUSER@example.com'];
    const { world } = policy('notEmail(undefined)');
    const change = { world: { ...world, emailAsUsername: true } };
    const result = await signUp({ password, 'password-confirm': password }, change);
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotEmailMessage'] });
  });

  test('the same with a username apart: the hosted page would store the account without its password', async () => {
    const password = ['registeruser@example.com'];
    const onPurpose = ['a password is compared with the address'];
    const result = await signUp(
      { password, 'password-confirm': password },
      { ...policy('notEmail(undefined)'), onPurpose },
    );
    expect(messages(result)).toEqual({ password: ['invalidPasswordNotEmailMessage'] });
  });

  test('a password that only the server can judge: a denylist, and a pattern with lookahead', async () => {
    const listed = ['Harbour-Light-42'];
    const denylist = policy('passwordBlacklist(common.txt)');
    const denied = await signUp({ password: listed, 'password-confirm': listed }, denylist);
    expect(messages(denied)).toEqual({ password: ['invalidPasswordBlacklistedMessage'] });
    const undigited = ['no-digit-in-it'];
    const lookahead = policy('regexPattern((?=.*[0-9]).*)');
    const refused = await signUp({ password: undigited, 'password-confirm': undigited }, lookahead);
    expect(refused.portal.outcome).toMatchObject({
      errors: { password: ['en:invalidPasswordRegexPatternMessage|(?=.*[0-9]).*'] },
    });
  });

  test('registerExistingUser_emailAsUsername', async () => {
    const change = { world: { emailAsUsername: true }, onPurpose: ['a known address is not told'] };
    const result = await signUp({ email: ['taken@example.com'] }, change);
    expect(result.portal.outcome).toEqual({ status: 'accepted', user: undefined });
  });

  test('registerUserMissingOrInvalidEmail_emailAsUsername', async () => {
    const change = { world: { emailAsUsername: true } };
    expect(messages(await signUp({ email: [''] }, change))).toEqual({ email: ['missingEmailMessage'] });
    expect(messages(await signUp({ email: ['registerUser'] }, change))).toEqual({
      email: ['error-invalid-email', 'invalidEmailMessage'],
    });
  });

  for (const editUsername of [true, false]) {
    test(`registerUserSuccess_emailAsUsername, edit username ${editUsername ? 'on' : 'off'}`, async () => {
      const user = account(await signUp({}, { world: { emailAsUsername: true, editUsername } }));
      expect(user?.username).toBe('registeruser@example.com');
    });
  }

  test('registerWithLoginHint, and _emailAsUsername: what the application knows is filled in', async ({ page }) => {
    const url = `${stack.portals.parity?.url}/en/sign-up?login_hint=${encodeURIComponent('ada+hint@example.com')}`;
    await signUp({});
    await page.goto(url);
    await expect(page.locator('[name="username"]')).toHaveValue('ada+hint@example.com');
    await signUp({}, { world: { emailAsUsername: true } });
    await page.goto(url);
    await expect(page.locator('[name="email"]')).toHaveValue('ada+hint@example.com');
    await page.goto(`${url}${'x'.repeat(255)}`);
    await expect(page.locator('[name="email"]')).toHaveValue('');
  });
});

test.describe('RegisterWithEmailVerificationTest', () => {
  const afterwards = { passwordMode: 'after-verification' } as const;
  const onPurpose = ['VERIFY_EMAIL is in the link'];

  test('registerUserSuccessWithEmailVerification: no password on the form, one is asked for later', async () => {
    const result = await signUp({}, { visit: afterwards, onPurpose });
    expect(Object.keys(result.portal.shape.fields)).toEqual(['username', 'email', 'firstName', 'lastName']);
    expect(account(result)).toMatchObject({ credentials: [], requiredActions: ['UPDATE_PASSWORD'] });
  });

  test('registerUserSuccessWithEmailVerification_emailVerifyDefaultAction: the realm’s default actions stay', async () => {
    const result = await signUp({}, { visit: afterwards, world: { defaultAction: true }, onPurpose });
    expect(account(result)?.requiredActions).toEqual(['TERMS_AND_CONDITIONS', 'UPDATE_PASSWORD']);
  });

  test('registerUserSuccessWithEmailVerification_passwordOnRegisterForm', async () => {
    const result = await signUp({});
    expect(Object.keys(result.portal.shape.fields)).toContain('password');
    expect(account(result)).toMatchObject({ credentials: ['password'], requiredActions: [] });
  });
});
