import { Secret } from './secret.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

const loopback = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

export function isLoopback(host: string): boolean {
  return loopback.has(host);
}

/** Null: the embedded store. Only Postgres beside it; the value carries a password and is never quoted. */
export function databaseSetting(environment: Environment): Setting<Secret | null> {
  const text = textOf(environment, 'DATABASE_URL');
  if (text === null) return good(null);
  const url = URL.parse(text);
  if (url === null) return bad('DATABASE_URL is not a URL, expected postgres://user:password@host:5432/database');
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'postgres' && scheme !== 'postgresql') return bad(`DATABASE_URL has scheme ${quoted(scheme)}, expected "postgres"`);
  return good(new Secret(text));
}

/** The same for a server: in production with a password of its own. */
export function serverDatabaseSetting(environment: Environment, isDevelopment: boolean): Setting<Secret | null> {
  const setting = databaseSetting(environment);
  if (isDevelopment || setting.kind === 'bad' || setting.value === null) return setting;
  if (!published.has(new URL(setting.value.reveal()).password.toLowerCase())) return setting;
  return bad('DATABASE_URL has a password that everybody knows, expected one of its own: make one with `openssl rand -hex 24`');
}

/** Passwords that stand in public documentation. */
const published = new Set(['postgres', 'postgresql', 'plumbline', 'password', 'passwd', 'changeme', 'secret', 'admin', 'root', 'example']);

/** Where to listen. Loopback unless said otherwise; in development mode nothing else is allowed. */
export function hostSetting(environment: Environment, isDevelopment: boolean): Setting<string> {
  const text = textOf(environment, 'HOST') ?? '127.0.0.1';
  if (!/^[A-Za-z0-9.:_-]{1,253}$/.test(text)) return bad(`HOST is ${quoted(text)}, expected an address or a host name`);
  if (isDevelopment && !isLoopback(text)) return bad(`HOST is ${quoted(text)}, expected 127.0.0.1: with PLUMBLINE_MODE=development only this machine may connect`);
  return good(text);
}

/** Base of GitHub's API: credentials go there, so plain HTTP is for this machine only. */
export function apiUrlSetting(environment: Environment): Setting<string> {
  return webAddress('GITHUB_API_URL', textOf(environment, 'GITHUB_API_URL') ?? 'https://api.github.com');
}

/**
 * The address under which people and auditors know this server; its host names the audit log, so it must last.
 * With replicas it has to be said; one alone on an embedded store may do without.
 */
export function publicUrlSetting(environment: Environment, port: number, isDevelopment: boolean): Setting<string> {
  const text = textOf(environment, 'PUBLIC_URL');
  if (text !== null) return webAddress('PUBLIC_URL', text);
  if (isDevelopment || textOf(environment, 'DATABASE_URL') === null) return good(`http://localhost:${port}`);
  return bad('PUBLIC_URL is not set: give the https address under which this server is reached; its host names the audit log');
}

export function webAddress(name: string, text: string): Setting<string> {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return bad(`${name} is ${quoted(withoutLogin(text))}, expected an https address`);
  if (url.username !== '' || url.password !== '') return bad(`${name} carries a login, expected an address without one`);
  if (url.search !== '' || url.hash !== '') return bad(`${name} has a query or fragment, expected an address without one`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return bad(`${name} is ${quoted(text)}, expected https`);
  return good(url.href.replace(/\/+$/, ''));
}

function withoutLogin(text: string): string {
  return text.replace(/\/\/[^/]*@/, '//');
}
