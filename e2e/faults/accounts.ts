import type { RealmApi } from '../parity/keycloak';
import type { Accounts } from './world';

interface User {
  readonly id: string;
  readonly emailVerified: boolean;
}

/** What is stored in a realm, asked of Keycloak itself. */
export function accountsOf(api: RealmApi): Accounts {
  return {
    count: () => api.get<number>('/users/count').catch(() => undefined),
    find: (email) => api.get<User[]>(`/users?${new URLSearchParams({ email, exact: 'true' })}`),
    make: (email) =>
      api.must('POST', '/users', {
        username: email.split('@')[0],
        email,
        firstName: 'Eve',
        lastName: 'Harbour',
        enabled: true,
        attributes: { country: ['DE'] },
      }),
  };
}
