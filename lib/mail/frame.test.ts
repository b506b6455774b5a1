import { expect, test } from 'vitest';
import { type MailParts, mailHtml, mailText } from './frame';

const parts: MailParts = {
  language: 'en',
  brand: 'Tom & <b>Jerry</b>',
  colours: { accent: '#0b5d66', onAccent: '#ffffff', panel: '#0a2f3c', onPanel: '#eaf6f6' },
  lead: ['One "lead".', 'Another.'],
  button: { label: 'Sign in', url: 'https://signup.example/en/sign-in?a=1&b="2"' },
  link: { question: 'Forgotten?', label: 'Choose a new one', url: 'https://sso.example/reset' },
  footnote: "It wasn't you?",
};

test('no text of a mail can become markup', () => {
  const html = mailHtml(parts);
  expect(html).toContain('Tom &amp; &lt;b&gt;Jerry&lt;/b&gt;');
  expect(html).toContain('href="https://signup.example/en/sign-in?a=1&amp;b=&quot;2&quot;"');
  expect(html).not.toMatch(/<b>|<img|<script|undefined/);
});

test('a mail in Arabic runs from right to left', () => {
  const html = mailHtml({ ...parts, language: 'ar' });
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain('text-align:right');
  expect(html).not.toContain('text-align:left');
});

test('the plain text says all that the HTML says', () => {
  expect(mailText(parts)).toBe(
    'One "lead".\n\nAnother.\n\nSign in:\nhttps://signup.example/en/sign-in?a=1&b="2"\n\nForgotten?\nhttps://sso.example/reset\n\nIt wasn\'t you?\n',
  );
  expect(mailText({ ...parts, link: undefined })).not.toContain('Forgotten');
});
