// A second press while the first is under way would use the link up twice, and end on the page for used links.
for (const form of document.querySelectorAll('form[data-once]')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // Whoever comes back to the page may press again.
  window.addEventListener('pageshow', () => {
    sent = false;
  });
}
