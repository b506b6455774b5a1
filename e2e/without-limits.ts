/** The limits on people are there to stop what attacks, faults and benches do; who runs those asks for none of them. */
export const WITHOUT_LIMITS = {
  LEAST_FILL_SECONDS: '0',
  SIGN_UPS_PER_HOUR: '100000',
  ACCOUNTS_PER_HOUR: '100000',
  MAILS_PER_HOUR: '100000',
  SIGN_UPS_PER_MINUTE: '100000',
  CLIENT_SIGN_UPS_PER_MINUTE: '100000',
} as const;
