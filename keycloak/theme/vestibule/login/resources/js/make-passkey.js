// The page that makes a passkey begins by itself and asks no name for it: whoever comes to it behind the mailed link has
// just pressed a button, and the account console renames passkeys. From there it is left as it is (it has a way back).
document.addEventListener('DOMContentLoaded', () => {
  const button = document.getElementById('registerWebAuthn');
  if (!button || document.getElementById('cancelWebAuthnAIA')) return;
  window.prompt = (_question, proposed) => proposed;
  const create = navigator.credentials?.create.bind(navigator.credentials);
  if (!create) return;
  // The visitor said no, or the browser wants a press first: then the page's own button has the second try.
  navigator.credentials.create = (options) =>
    create(options).catch(
      () =>
        new Promise((resolve, reject) => {
          button.addEventListener('click', () => create(options).then(resolve, reject), { once: true });
        }),
    );
  button.click();
});
