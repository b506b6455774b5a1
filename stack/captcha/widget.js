// The script that stands in for hCaptcha's api.js on the local stack. It speaks the same interface to the page
// (docs.hcaptcha.com, "Configuration"), but asks no riddles: ticking the box is enough. Everything is styled through
// the CSSOM, so that a page with a strict content security policy can carry it.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const source = new URL(script.src);
  const LIFE_MS = 120_000;
  const TEXTS = {
    en: { human: 'I am human', expired: 'Verification expired. Check the checkbox again.', failed: 'Try again.' },
    de: {
      human: 'Ich bin ein Mensch',
      expired: 'Bestätigung abgelaufen. Bitte erneut ankreuzen.',
      failed: 'Bitte erneut versuchen.',
    },
    ar: { human: 'أنا إنسان', expired: 'انتهت صلاحية التحقق. حدد المربع مرة أخرى.', failed: 'حاول مرة أخرى.' },
  };
  const SHEET = `
    :host { display: inline-block; }
    .box { box-sizing: border-box; width: 303px; height: 78px; padding: 0 12px; display: flex; align-items: center; gap: 12px;
      font: 14px/1.3 system-ui, sans-serif; border: 1px solid #767c85; border-radius: 4px; background: #fafafa; color: #3a3d42; }
    .box.compact { width: 164px; height: 144px; flex-direction: column; justify-content: center; text-align: center; }
    .box.dark { background: #2f3136; color: #f2f2f2; border-color: #a0a5ad; }
    button { all: unset; flex: none; box-sizing: border-box; width: 30px; height: 30px; border: 1px solid #6b7078; border-radius: 4px;
      background: #fff; cursor: pointer; font: bold 22px/28px system-ui, sans-serif; text-align: center; color: #00796b; }
    button:focus-visible { outline: 3px solid #4c86f9; outline-offset: 2px; }
    button[aria-checked='true']::after { content: '\\2713'; }
    button[aria-busy='true'] { opacity: .5; }
    .words { flex: 1; } .note { display: block; font-size: 12px; color: #b3261e; } .dark .note { color: #ffb4ab; }
    .brand { font-size: 12px; }`;

  const widgets = new Map();
  let count = 0;

  /** Without an id, the first widget is meant. */
  function find(id) {
    const widget =
      id === undefined || id === null || id === '' ? widgets.values().next().value : widgets.get(String(id));
    if (!widget) throw new Error(id === undefined ? 'missing-captcha' : 'invalid-captcha-id');
    return widget;
  }

  /** Calls a callback of the page: a function, or the name of a global one. */
  function call(widget, name, ...values) {
    const callback = widget.params[name];
    const target = typeof callback === 'string' ? window[callback] : callback;
    if (typeof target === 'function') target(...values);
  }

  /** Shows a state, and puts the token where a plain form post picks it up. */
  function show(widget, token, note) {
    clearTimeout(widget.timer);
    widget.token = token;
    widget.area.value = token;
    if (!widget.button) return;
    widget.button.setAttribute('aria-checked', String(token !== ''));
    widget.button.setAttribute('aria-busy', 'false');
    widget.note.textContent = note;
  }

  function settle(widget, settled, value) {
    const pending = widget.pending;
    widget.pending = null;
    if (pending) pending[settled](value);
  }

  /** Ends an attempt without a token. */
  function fail(widget, code, callback, ...values) {
    show(widget, '', widget.texts.failed);
    settle(widget, 'reject', code);
    call(widget, callback, ...values);
  }

  async function solve(widget) {
    const round = ++widget.round;
    if (widget.button) widget.button.setAttribute('aria-busy', 'true');
    const body = new URLSearchParams({ sitekey: widget.params.sitekey, hostname: location.hostname });
    let answer;
    try {
      answer = await (await fetch(`${source.origin}/checkbox`, { method: 'POST', body })).json();
    } catch {
      if (round === widget.round) fail(widget, 'network-error', 'error-callback', 'network-error');
      return;
    }
    // Reset or removed meanwhile.
    if (round !== widget.round) return;
    if (answer.outcome === 'error') return fail(widget, 'challenge-error', 'error-callback', 'challenge-error');
    if (answer.outcome !== 'solves') call(widget, 'open-callback');
    if (answer.outcome === 'challenge-fails') return fail(widget, 'challenge-closed', 'close-callback');
    if (answer.outcome === 'challenge-expires') return fail(widget, 'challenge-expired', 'chalexpired-callback');
    if (!answer.token) return fail(widget, 'network-error', 'error-callback', 'network-error');
    show(widget, answer.token, '');
    widget.key = answer.key;
    widget.timer = setTimeout(() => {
      show(widget, '', widget.texts.expired);
      call(widget, 'expired-callback');
    }, LIFE_MS);
    settle(widget, 'resolve', { response: answer.token, key: answer.key });
    call(widget, 'callback', answer.token);
  }

  /** Builds the visible box in a shadow tree, out of reach of the page's styles as the real iframe is. */
  function build(widget, host) {
    const { params, texts } = widget;
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];
    const box = document.createElement('div');
    box.className = `box ${params.size === 'compact' ? 'compact' : 'normal'} ${params.theme === 'dark' ? 'dark' : 'light'}`;
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('role', 'checkbox');
    button.setAttribute('aria-checked', 'false');
    button.setAttribute('aria-labelledby', 'human');
    button.setAttribute('aria-describedby', 'note');
    button.tabIndex = Number(params.tabindex ?? 0);
    button.addEventListener('click', () => {
      if (widget.token === '' && button.getAttribute('aria-busy') !== 'true') void solve(widget);
    });
    const words = document.createElement('span');
    words.className = 'words';
    const human = document.createElement('span');
    human.id = 'human';
    human.textContent = texts.human;
    const note = document.createElement('span');
    note.id = 'note';
    note.className = 'note';
    note.setAttribute('role', 'status');
    words.append(human, note);
    const brand = document.createElement('span');
    brand.className = 'brand';
    brand.textContent = 'local test';
    box.append(button, words, brand);
    root.append(box);
    Object.assign(widget, { button, note });
  }

  const api = {
    render(container, params = {}) {
      const element = typeof container === 'string' ? document.getElementById(container) : container;
      if (!element) throw new Error(`hCaptcha: no container ${container}`);
      const language = String(params.hl ?? source.searchParams.get('hl') ?? navigator.language).slice(0, 2);
      const area = document.createElement('textarea');
      area.name = 'h-captcha-response';
      area.style.setProperty('display', 'none');
      const host = document.createElement('div');
      host.lang = language in TEXTS ? language : 'en';
      host.dir = language === 'ar' ? 'rtl' : 'ltr';
      const widget = {
        params,
        texts: TEXTS[language] ?? TEXTS.en,
        area,
        host,
        token: '',
        key: '',
        round: 0,
        pending: null,
      };
      if (params.size !== 'invisible') build(widget, host);
      element.append(host, area);
      const id = `vestibule${count++}`;
      widgets.set(id, widget);
      return id;
    },
    execute(id, options) {
      const widget = find(id);
      const asked = options?.async
        ? new Promise((resolve, reject) => {
            widget.pending = { resolve, reject };
          })
        : undefined;
      void solve(widget);
      return asked;
    },
    reset(id) {
      const widget = find(id);
      widget.round++;
      settle(widget, 'reject', 'challenge-closed');
      show(widget, '', '');
      widget.key = '';
    },
    remove(id) {
      const widget = find(id);
      api.reset(id);
      widget.host.remove();
      widget.area.remove();
      for (const [name, one] of widgets) if (one === widget) widgets.delete(name);
    },
    close(id) {
      settle(find(id), 'reject', 'challenge-closed');
    },
    getResponse: (id) => find(id).token,
    getRespKey: (id) => find(id).key,
    setData: (id, data) => {
      find(id).data = data;
    },
  };

  window.hcaptcha = api;
  if (source.searchParams.get('render') !== 'explicit') {
    const renderAll = () => {
      for (const element of document.querySelectorAll('.h-captcha')) api.render(element, { ...element.dataset });
    };
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', renderAll);
    else renderAll();
  }
  const onload = window[source.searchParams.get('onload') ?? ''];
  if (typeof onload === 'function') onload();
})();
