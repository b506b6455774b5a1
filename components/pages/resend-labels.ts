import { getTranslations } from 'next-intl/server';
import type { ComponentProps } from 'react';
import type { ResendForm } from '@/components/journey/resend-form';

/** The words of the button that has the mail sent once more. */
export async function resendLabels(locale: string): Promise<ComponentProps<typeof ResendForm>['labels']> {
  const t = await getTranslations({ locale, namespace: 'checkEmail' });
  return {
    resend: t('resend'),
    resending: t('resending'),
    wait: t('resendIn', { time: '{time}' }),
    retry: t('retryIn', { time: '{time}' }),
  };
}
