import { expect, it } from 'vitest';
import { webMailOf } from './web-mail';

it.each([
  ['ada@gmail.com', 'Gmail'],
  ['ada@GoogleMail.com', 'Gmail'],
  ['ada@hotmail.com', 'Outlook'],
  ['ada@gmx.de', 'GMX'],
  ['ada@t-online.de', 'T-Online'],
  ['"odd@name"@posteo.de', 'Posteo'],
])('knows where %s is read', (email, name) => {
  expect(webMailOf(email)).toMatchObject({ name, url: expect.stringMatching(/^https:\/\//) });
});

it.each(['ada@example.com', 'ada@notgmail.com', 'ada@gmail.com.example', 'ada@mail.gmail.com', 'gmail', ''])(
  'shows nothing for %s',
  (email) => {
    expect(webMailOf(email)).toBeUndefined();
  },
);
