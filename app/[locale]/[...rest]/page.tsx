import { notFound } from 'next/navigation';

/** Every other path of a language, so that "not found" has its frame and its words. */
export default function UnknownPage() {
  notFound();
}
