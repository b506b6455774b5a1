import type { Locator, Page } from '@playwright/test';
import { figure } from './figures';
import { totp } from './totp';
import { PASSWORD } from './visitor';

/** Somebody at a browser. What they have to do is counted: clicks, fields to type into, touches of the authenticator. */
export class Person {
  readonly page: Page;
  clicks = 0;
  fields = 0;
  touches = 0;
  /** Of the authenticator app, in Base32, once it was shown. */
  secret = '';
  /** What to type where a sign-in form does not know the visitor. */
  username = '';
  private hasPasskey = false;
  private readonly usedCodes = new Set<string>();

  constructor(page: Page) {
    this.page = page;
    // The name of a new passkey: taken as it is proposed.
    page.on('dialog', (dialog) => {
      this.clicks += 1;
      void dialog.accept(dialog.defaultValue());
    });
  }

  /**
   * Gives the browser an authenticator like that of a phone: it keeps passkeys and knows its owner.
   * @returns to have it know its owner, or not
   */
  async carryAuthenticator(): Promise<(isUserVerified: boolean) => Promise<void>> {
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    session.on('WebAuthn.credentialAdded', () => {
      this.touches += 1;
      this.hasPasskey = true;
    });
    session.on('WebAuthn.credentialAsserted', () => {
      this.touches += 1;
      // The virtual authenticator takes what the field for the username proposes; a person picks it from the list.
      this.clicks += 1;
    });
    return async (isUserVerified) => {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    };
  }

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  async type(target: Locator, text: string): Promise<void> {
    this.fields += 1;
    await target.fill(text);
  }

  /** Starts counting anew. */
  restart(): void {
    this.clicks = 0;
    this.fields = 0;
    this.touches = 0;
  }

  /** Notes what it took, for the tables at the end of the run. */
  tell(measure: 'first-time' | 'later', way: string): void {
    const { clicks, fields, touches } = this;
    figure(measure, { way, clicks, fields, touches });
  }

  /** Does what Keycloak's pages ask for, in whichever order they come, until the portal says welcome. */
  async untilSignedIn(): Promise<void> {
    const { page } = this;
    // A link on Keycloak's own pages, a button on those of the portal's theme, whose last page goes on by itself.
    const waits = '#kc-info-message:not(:has(meta[http-equiv="refresh"]))';
    const confirm = page.locator(`${waits} :is(a, button)`).first();
    const steps: readonly (readonly [Locator, () => Promise<void>])[] = [
      [confirm, () => this.click(confirm)],
      [page.locator('#registerWebAuthn'), () => this.makePasskey()],
      [page.locator('#kc-totp-settings-form'), () => this.setUpApp()],
      [page.locator('#password-new'), () => this.choosePassword()],
      [page.locator('#kc-otp-login-form'), () => this.enterCode()],
      [page.locator('#kc-form-login'), () => this.signIn()],
    ];
    const welcome = page.getByRole('button', { name: 'Sign out' });
    const any = steps.reduce((all, [locator]) => all.or(locator), welcome);
    for (;;) {
      await any.first().waitFor();
      if (await welcome.count()) return;
      for (const [locator, act] of steps) {
        if (!(await locator.count())) continue;
        const moved = page.waitForEvent('framenavigated');
        await act();
        await moved;
        break;
      }
    }
  }

  /** A code works once; Keycloak takes the one before and the one after, too, so that nobody need wait for the next. */
  private code(): string {
    const codes = [0, 30_000, -30_000].map((offset) => totp(this.secret, Date.now() + offset));
    const fresh = codes.find((one) => !this.usedCodes.has(one)) ?? '';
    this.usedCodes.add(fresh);
    return fresh;
  }

  private async setUpApp(): Promise<void> {
    const { page } = this;
    // Whoever reads the form on the device that has the app can't take a picture of it.
    await this.click(page.locator('#mode-manual'));
    this.secret = (await page.locator('#kc-totp-secret-key').textContent()) ?? '';
    await this.type(page.locator('#totp'), this.code());
    await this.click(page.locator('#saveTOTPBtn'));
  }

  /** With the theme the page begins by itself; on Keycloak's own it waits for its button to be pressed. */
  private async makePasskey(): Promise<void> {
    const { page } = this;
    // Asked in one breath: a page that begins by itself may be gone before the next question, and waits for nobody.
    const waits = await page
      .evaluate(() => {
        const beginsByItself = document.querySelector('script[src$="/js/make-passkey.js"]') !== null;
        return document.querySelector('#registerWebAuthn') !== null && !beginsByItself;
      })
      .catch(() => false);
    if (waits) await this.click(page.locator('#registerWebAuthn'));
  }

  private async choosePassword(): Promise<void> {
    await this.type(this.page.locator('#password-new'), PASSWORD);
    await this.type(this.page.locator('#password-confirm'), PASSWORD);
    await this.click(this.page.locator('#kc-passwd-update-form [type="submit"], #kc-submit').first());
  }

  private async enterCode(): Promise<void> {
    await this.type(this.page.locator('#otp'), this.code());
    await this.click(this.page.locator('#kc-login'));
  }

  private async signIn(): Promise<void> {
    // The page asks for the passkey by itself (WebAuthn, conditional mediation).
    if (this.hasPasskey) return;
    const username = this.page.locator('#username');
    if ((await username.inputValue()) === '') await this.type(username, this.username);
    await this.type(this.page.locator('#password'), PASSWORD);
    await this.click(this.page.locator('#kc-login'));
  }
}
