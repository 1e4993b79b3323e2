import { createHmac, hash } from 'node:crypto';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials. */
  readonly sessionToken: string | null;
}

export interface AwsRequest {
  /** Without a query: our requests have none. */
  readonly url: string;
  /** Lower-case names. All of them are signed, and `host` and the time with them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
}

/**
 * The headers with which a POST is sent to AWS: Signature Version 4 (AWS General Reference, "Signature Version 4 signing process"),
 * in the one shape that is asked for here, a POST of a body to a path without query. Tested with the vectors of its own test suite.
 */
export function signAwsRequest({ url, headers, body, region, service }: AwsRequest, { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials, now: Date): Readonly<Record<string, string>> {
  const { host, pathname } = new URL(url);
  const time = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const sent = { ...headers, 'x-amz-date': time, ...(sessionToken === null ? {} : { 'x-amz-security-token': sessionToken }) };
  const signed = Object.entries({ ...sent, host }).map(([name, value]): readonly [string, string] => [name, value.trim().replaceAll(/ +/g, ' ')]).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const names = signed.map(([name]) => name).join(';');
  const canonical = ['POST', pathname, '', ...signed.map(([name, value]) => `${name}:${value}`), '', names, hash('sha256', body, 'hex')].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, hash('sha256', canonical, 'hex')].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<Uint8Array>((secret, part) => createHmac('sha256', secret).update(part).digest(), Buffer.from(`AWS4${secretAccessKey}`));
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  return { ...sent, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}` };
}
