import { Failure } from '../../domain/failure.ts';

export interface AppCredentials {
  readonly id: number;
  readonly slug: string;
  readonly htmlUrl: string;
  readonly pem: string;
  readonly webhookSecret: string;
}

const timeoutMs = 20_000;
const mostCharacters = 200_000;

/** Exchanges the code that GitHub gave the browser. It works once and for an hour. Nothing that it answers is ever shown. */
export async function convertManifestCode(api: string, code: string): Promise<AppCredentials> {
  const response = await fetch(`${api}/app-manifests/${encodeURIComponent(code)}/conversions`, {
    method: 'POST',
    headers: { accept: 'application/vnd.github+json', 'user-agent': 'plumbline', 'x-github-api-version': '2022-11-28' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((error: unknown) => {
    throw new Failure('GITHUB_UNAVAILABLE', `Cannot fetch the credentials: ${api} did not answer, expected it to. The App may exist already: look at the settings on GitHub.`, { cause: error });
  });
  if (response.status !== 201) throw new Failure('GITHUB_REFUSED', `Cannot fetch the credentials: GitHub answered ${response.status}, expected 201. Run plumbline setup again.`);
  const text = await response.text();
  return credentialsOf(text.length > mostCharacters ? null : parsed(text));
}

function credentialsOf(answer: unknown): AppCredentials {
  const [id, slug, htmlUrl, pem, webhookSecret] = ['id', 'slug', 'html_url', 'pem', 'webhook_secret'].map((name) => memberOf(answer, name));
  const isWhole = typeof id === 'number' && Number.isSafeInteger(id) && typeof slug === 'string' && typeof htmlUrl === 'string' && typeof pem === 'string' && typeof webhookSecret === 'string';
  // Text that goes into a settings file and onto a terminal: only what these values can be.
  if (isWhole && /^[A-Za-z0-9-]+$/.test(slug) && /^https?:\/\/[\x21-\x7e]+$/.test(htmlUrl) && /^-----BEGIN [A-Z ]+-----[A-Za-z0-9+/=\s-]+$/.test(pem) && /^[\x21-\x7e]+$/.test(webhookSecret)) {
    return { id, slug, htmlUrl, pem, webhookSecret };
  }
  throw new Failure('GITHUB_UNAVAILABLE', 'Cannot read the credentials: GitHub answered in an unknown form, expected id, key and secret. Delete the App in the settings on GitHub and run plumbline setup again.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
