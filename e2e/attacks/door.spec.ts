import { expect, test } from '../fixtures';
import { logFromNow, portal, realmAdmin } from '../stack';
import { postForm, raw } from './raw';

/** Without CAPTCHA, and each visitor with an address of their own. */
const PORTAL = 'known';
const OWN = () => ({ host: new URL(portal(PORTAL)).host, origin: portal(PORTAL) });

/** A form as the page sends it without scripts, with an entry that React would choke on. */
function broken(): { headers: Record<string, string>; body: string } {
  const entries = {
    $ACTION_REF_1: '',
    '$ACTION_1:0': '{"id":"x","bound":"$F9"}',
    email: 'not-for-the-log@example.com',
  };
  const parts = Object.entries(entries).map(
    ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    headers: { ...OWN(), 'content-type': 'multipart/form-data; boundary=b' },
    body: `${parts.join('')}--b--\r\n`,
  };
}

test('[v5.0.0-1.5.2] what no page of ours sends is turned away before Next decodes it, and no word of it is kept', async () => {
  const log = logFromNow(PORTAL);
  const { headers, body } = broken();
  const form = await raw(PORTAL, '/en/sign-up', { method: 'POST', headers, body });
  expect(form.status).toBe(303);
  expect(form.headers.location).toContain('/en/sign-up?renewed');
  const call = await raw(PORTAL, '/en/sign-up', {
    method: 'POST',
    headers: { ...OWN(), 'next-action': 'f'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' },
    body: '["$F1",{"__proto__":"not-for-the-log@example.com"}]',
  });
  expect(call.status).toBe(400);
  await expect.poll(() => log('post.refused').length).toBe(2);
  expect(JSON.stringify(log())).not.toContain('not-for-the-log');
});

test('[v5.0.0-16.5.1] methods and headers of Next’s own never make a fault', async () => {
  for (const method of ['TRACE', 'TRACK', 'OPTIONS'])
    expect.soft((await raw(PORTAL, '/en/sign-up', { method, headers: OWN() })).status, method).toBeLessThan(500);
  for (const name of ['next-router-prefetch', 'next-router-segment-prefetch']) {
    const { email, answer } = await postForm(PORTAL, {}, [], { [name]: '1' });
    expect.soft(answer.status, name).toBe(303);
    expect.soft(await (await realmAdmin()).users.find({ realm: PORTAL, email, exact: true }), name).toHaveLength(1);
  }
});

test('[v5.0.0-16.5.2] a cookie that means nothing does not break signing in', async () => {
  for (const value of ['%', 'not an address', 'javascript:alert(1)', '%E0%A4%A']) {
    const { status } = await raw(PORTAL, '/en/sign-in', {
      headers: { ...OWN(), cookie: `next-auth.callback-url=${value}; vestibule-pending=${value}` },
    });
    expect.soft(status, value).toBeLessThan(400);
  }
});
