const signUp = document.querySelector('vestibule-sign-up');
const news = document.querySelector('#news');

signUp.addEventListener('ready', () => {
  news.textContent = 'The form is there.';
});
signUp.addEventListener('submitted', () => {
  news.textContent = 'Somebody has signed up and has mail.';
});
signUp.addEventListener('verified', () => {
  news.textContent = 'The address is confirmed; signing in comes next.';
});
signUp.addEventListener('error', ({ detail }) => {
  news.textContent = `The form is not there: ${detail.reason}.`;
});
