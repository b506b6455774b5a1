// Puts the application's whole request into the way to the sign-up. It is this page's own address when the page comes first;
// after a wrong password, or in another language, it is no longer, so the tab remembers it. Not a request by reference, or as
// an object: what is in it can't be told, and Keycloak takes a reference but once.
const link = document.querySelector('#vestibule-register a[data-tab]');
if (link) {
  const key = `vestibule.request.${link.dataset.tab}`;
  const own = new URLSearchParams(location.search);
  const isRequest = location.pathname.endsWith('/protocol/openid-connect/auth') && own.has('redirect_uri');
  let request = isRequest && !own.has('request') && !own.has('request_uri') ? location.search : null;
  try {
    if (request) sessionStorage.setItem(key, request);
    else request = sessionStorage.getItem(key);
  } catch {
    // Storage is switched off: then the first page has the request, and later ones name the client alone.
  }
  if (request) {
    const all = new URLSearchParams(request);
    all.set('kc_locale', document.documentElement.lang);
    link.search = all.toString();
    // The address says it all, and its referrer is nobody's business.
    link.referrerPolicy = 'no-referrer';
  }
}
