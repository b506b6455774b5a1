/** The portal that tells all that it can. Its visitors have an address of their own each. */
export const SEEING = 'seeing';

export const METRICS_TOKEN = 'a token that only the tests of this portal have'.replaceAll(' ', '-');
export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret that only these tests have').toString('base64')}`;

/**
 * Its variables.
 * @param port where a spec takes its events and traces
 */
export function seeingPortal(port: number): Record<string, string> {
  return {
    SIGN_UPS_PER_HOUR: '1000',
    TRUSTED_PROXIES: '1',
    METRICS_TOKEN,
    AUDIT_WEBHOOK_URL: `http://127.0.0.1:${port}/events`,
    AUDIT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: '100',
  };
}
