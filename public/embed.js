// <vestibule-sign-up client-id="…" locale="…">: the sign-up in a frame. docs/embedding.md tells how to use it.
(() => {
  /** Attributes, and what the portal calls them. */
  const PARAMETERS = {
    'client-id': 'client_id',
    'redirect-uri': 'redirect_uri',
    state: 'state',
    scopes: 'scope',
    'login-hint': 'login_hint',
  };
  const TITLES = { en: 'Sign up', de: 'Registrieren', ar: 'إنشاء حساب' };
  const EVENTS = ['ready', 'submitted', 'verified', 'error'];
  /** A frame that has not said a word after this long will not (milliseconds). */
  const PATIENCE = 15000;

  const source = document.currentScript?.src;

  class VestibuleSignUp extends HTMLElement {
    static observedAttributes = [...Object.keys(PARAMETERS), 'locale', 'portal'];

    #root = this.attachShadow({ mode: 'open' });
    #frame;
    #patience;
    #isDue = false;
    /** Only what this element's own frame says counts, and only while it shows the portal. */
    #listen = ({ source: from, origin, data }) => {
      if (!this.#frame || from !== this.#frame.contentWindow || origin !== this.#portal()) return;
      const { event, height, reason } = data?.vestibule ?? {};
      if (Number.isFinite(height)) this.#frame.style.height = `${height}px`;
      if (!EVENTS.includes(event)) return;
      if (event === 'ready') clearTimeout(this.#patience);
      this.#tell(event, typeof reason === 'string' ? { reason } : {});
    };

    connectedCallback() {
      addEventListener('message', this.#listen);
      this.#show();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#listen);
      clearTimeout(this.#patience);
      this.#frame = undefined;
    }

    /** Frameworks set one attribute after the other: the frame is drawn once for all of them. */
    attributeChangedCallback(_name, before, after) {
      if (before === after || !this.#frame || this.#isDue) return;
      this.#isDue = true;
      queueMicrotask(() => {
        this.#isDue = false;
        if (this.isConnected) this.#show();
      });
    }

    /** The origin that this script came from, unless the attribute says another. */
    #portal() {
      const given = this.getAttribute('portal') ?? source;
      return given && URL.canParse(given) ? new URL(given).origin : undefined;
    }

    #tell(event, detail) {
      this.dispatchEvent(new CustomEvent(event, { detail }));
    }

    /** What stands inside of the element, such as a link, is shown in place of a frame that can't be. */
    #fail(reason) {
      clearTimeout(this.#patience);
      this.#frame = undefined;
      this.#root.replaceChildren(document.createElement('slot'));
      this.#tell('error', { reason });
    }

    #show() {
      clearTimeout(this.#patience);
      const portal = this.#portal();
      if (!portal || !this.hasAttribute('client-id')) return this.#fail('attributes');
      const locale = this.getAttribute('locale');
      const url = new URL(`${locale ? `/${encodeURIComponent(locale)}` : ''}/embed/sign-up`, portal);
      for (const [attribute, name] of Object.entries(PARAMETERS))
        if (this.hasAttribute(attribute)) url.searchParams.set(name, this.getAttribute(attribute));
      if (!locale && document.documentElement.lang) url.searchParams.set('ui_locales', document.documentElement.lang);
      const frame = document.createElement('iframe');
      frame.title = this.getAttribute('aria-label') ?? TITLES[locale] ?? TITLES.en;
      frame.referrerPolicy = 'strict-origin';
      frame.src = url.href;
      Object.assign(frame.style, { display: 'block', width: '100%', height: '40rem', border: '0' });
      this.style.display = 'block';
      this.#frame = frame;
      this.#root.replaceChildren(frame);
      this.#patience = setTimeout(() => this.#fail('timeout'), PATIENCE);
    }
  }

  if (!customElements.get('vestibule-sign-up')) customElements.define('vestibule-sign-up', VestibuleSignUp);
})();
