import { Failure } from '../../domain/failure.ts';

export interface GitHubAddresses {
  /** Where people go, without a slash at the end. */
  readonly web: string;
  readonly api: string;
  /** Whether it is github.com. */
  readonly isPublic: boolean;
}

/** GITHUB_URL and GITHUB_API_URL; of an Enterprise Server either one tells the other. */
export function githubAddresses(environment: Readonly<Record<string, string | undefined>>): GitHubAddresses {
  const [web, api] = [textOf(environment['GITHUB_URL']), textOf(environment['GITHUB_API_URL'])];
  if (web === null && (api === null || api === publicApi)) return { web: 'https://github.com', api: publicApi, isPublic: true };
  const stated = api === null ? null : addressOf('GITHUB_API_URL', api);
  const place = web === null ? new URL(stated ?? publicApi).origin : addressOf('GITHUB_URL', web);
  const isPublic = place === 'https://github.com' && (stated === null || stated === publicApi);
  return { web: place, api: stated ?? (isPublic ? publicApi : `${place}/api/v3`), isPublic };
}

const publicApi = 'https://api.github.com';

/** An https address without a login, query or fragment; plain http on this machine only. */
export function addressOf(name: string, text: string): string {
  const url = URL.parse(text);
  const isSafe = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)));
  if (isSafe && url.username === '' && url.password === '' && url.search === '' && url.hash === '') return url.href.replace(/\/+$/, '');
  throw new Failure('USAGE', `Cannot use ${name}: found ${JSON.stringify(text.replace(/\/\/[^/]*@/, '//').slice(0, 80))}, expected an https address without login, query or fragment.`);
}

function textOf(value: string | undefined): string | null {
  return value === undefined || value.trim() === '' ? null : value.trim().replace(/\/+$/, '');
}
