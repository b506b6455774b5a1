import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options';
import { restartStaleSignIn } from '@/lib/auth/restart';
import { readPendingSignUp } from '@/lib/sign-up/pending';

interface Context {
  readonly params: Promise<{ readonly nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const response: Response = await NextAuth(request, context, authOptions());
  return (await restartStaleSignIn(request, response, (await readPendingSignUp())?.email)) ?? response;
}

export { handle as GET, handle as POST };
