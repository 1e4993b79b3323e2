import { createPublicKey, createPrivateKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { tokenOf } from './upstream.ts';
import type { Upstream } from './upstream.ts';

/** Who calls. An installation token is ours: the emulator's stands behind it and is renewed when it is used up. */
export type Identity =
  | { readonly kind: 'user'; readonly login: string }
  | { readonly kind: 'app' }
  | { readonly kind: 'installation'; readonly permissions: Readonly<Record<string, string>>; readonly repositoryIds: readonly number[] | null; token(): Promise<string> }
  | { readonly kind: 'nobody' };

/** Knows all tokens. Unknown ones are refused: the emulator would take them for its first user. */
export class Identities {
  readonly #upstream: Upstream;
  readonly #privateKey: string;
  readonly #publicKey: KeyObject;
  readonly #appId: number;
  readonly #installationId: number;
  readonly #logins: Set<string>;
  readonly #installation = new Map<string, Identity>();
  #minted = 0;
  #own: { readonly token: string; readonly at: number } | null = null;

  constructor(options: { readonly upstream: Upstream; readonly privateKey: string; readonly appId: number; readonly installationId: number; readonly logins: readonly string[] }) {
    this.#upstream = options.upstream;
    this.#privateKey = options.privateKey;
    this.#publicKey = createPublicKey(options.privateKey);
    this.#appId = options.appId;
    this.#installationId = options.installationId;
    this.#logins = new Set(options.logins);
  }

  addUser(login: string): void {
    this.#logins.add(login);
  }

  revokeTokens(): void {
    this.#installation.clear();
  }

  identify(authorization: string | undefined): Identity {
    const token = (authorization ?? '').replace(/^(?:bearer|token) /i, '');
    if (token.startsWith('eyJ')) return this.#isAppToken(token) ? { kind: 'app' } : { kind: 'nobody' };
    const login = token.startsWith('token-of-') ? token.slice('token-of-'.length) : null;
    if (login !== null && this.#logins.has(login)) return { kind: 'user', login };
    return this.#installation.get(token) ?? { kind: 'nobody' };
  }

  /** Mints in the emulator and answers with a token in the shape of 2026: opaque, 520 characters. */
  async mint(installationId: string, body: Json, issuedAt: Date): Promise<{ readonly status: number; readonly body: unknown }> {
    const path = `/app/installations/${installationId}/access_tokens`;
    const reply = await this.#upstream.call('POST', path, body, this.#ownAppToken());
    if (reply.status !== 201) return reply;
    const answer = objectOf(reply.body);
    this.#minted += 1;
    const token = `ghs_${this.#appId}_${`${this.#minted}`.padStart(8, '0')}.${'aB3_-x9Z'.repeat(62)}`.slice(0, 520);
    let behind = textOf(answer['token']);
    let uses = 0;
    this.#installation.set(token, {
      kind: 'installation',
      permissions: objectOf(answer['permissions']) as Record<string, string>,
      repositoryIds: answer['repository_selection'] === 'selected' ? (answer['repositories'] as Json[]).map((one) => Number(one['id'])) : null,
      token: async () => {
        uses += 1;
        if (uses % 4_000 === 0) behind = textOf(objectOf((await this.#upstream.must('POST', path, body, this.#ownAppToken())).body)['token']);
        return behind;
      },
    });
    return { status: 201, body: { ...answer, token, expires_at: new Date(issuedAt.getTime() + 3_600_000).toISOString() } };
  }

  /** The instant at which the caller believes to be, by its own token: test clocks need not be the machine's. */
  issuedAt(authorization: string | undefined): Date {
    const payload = claimsOf((authorization ?? '').replace(/^bearer /i, ''));
    return new Date((Number(payload['iat']) + 60) * 1000);
  }

  async userToken(login: string): Promise<string> {
    return tokenOf(login);
  }

  get installationId(): number {
    return this.#installationId;
  }

  #isAppToken(token: string): boolean {
    const [header, payload, signature] = token.split('.');
    const genuine = verify('sha256', Buffer.from(`${header}.${payload}`), this.#publicKey, Buffer.from(signature ?? '', 'base64url'));
    const claims = claimsOf(token);
    return genuine && Number(claims['iss']) === this.#appId && Number(claims['exp']) - Number(claims['iat']) <= 600;
  }

  /** The same for a minute. */
  #ownAppToken(): string {
    const now = Math.floor(Date.now() / 1000);
    if (this.#own === null || now >= this.#own.at + 60) this.#own = { token: this.#signAppToken(now), at: now };
    return this.#own.token;
  }

  #signAppToken(now: number): string {
    const parts = [{ alg: 'RS256', typ: 'JWT' }, { iat: now - 30, exp: now + 300, iss: String(this.#appId) }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const signed = parts.join('.');
    return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey(this.#privateKey)).toString('base64url')}`;
  }
}

function claimsOf(token: string): Json {
  try {
    return objectOf(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
