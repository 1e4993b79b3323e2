import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { anything, assert as hold, constantFrom, double, oneof, property, record } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import schema from '../../../schemas/claim-judgement.schema.json' with { type: 'json' };
import { subjectOf } from '../../../src/domain/probe-key.ts';
import { readJudgement } from '../../../src/probes/judge/read-judgement.ts';
import { markedSecret } from '../../builders/marked-secrets.ts';
import { aCertificate } from '../behavior-sources/a-certificate.ts';
import { aJudge, says, saysText, wanted } from './a-judge.ts';
import type { Says } from './a-judge.ts';

const judged = { kind: 'answered', value: { kind: 'judged', id: 'nli/large@3', label: 'unsupported', score: 0.25 } };
const good = '{"question":"DIGEST","id":"a","label":"supported","score":1}';
const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const ajv = new Ajv({ strict: true, ownProperties: true });
const isQuestion = ajv.compile({ $defs: schema.$defs, $ref: '#/$defs/question' });
const isAnswer = ajv.compile({ $defs: schema.$defs, $ref: '#/$defs/answer' });

suite('the judge of claims', () => {
  test('is sent claim and passages as members of JSON and answers with a judgement, once for the same', async (context) => {
    const { ask, bodies, service, judge } = await aJudge(context, says(), { token: { reveal: () => 'canary', refreshAfterRefusal: async () => await Promise.resolve(false) } });
    assert.deepEqual([await ask(), await ask(), ...(await judge.askAll([wanted, wanted])).map(([, one]) => one)], [judged, judged, judged, judged]);
    assert.deepEqual(bodies, [`POST ${JSON.stringify({ version: 1, question: subjectOf(wanted), claim: wanted.claim, passages: wanted.passages })}`]);
    assert.deepEqual(service.requests, [{ path: '/judge', authorization: 'Bearer canary' }]);
    assert.ok(isQuestion(JSON.parse(bodies[0]?.slice('POST '.length) ?? '')), JSON.stringify(isQuestion.errors));
  });

  const hostile: Readonly<Record<string, Says>> = {
    'an error': (response) => response.writeHead(500).end(good),
    'a success without an answer': (response) => response.writeHead(204).end(),
    'a refusal, and when to come back': (response) => response.writeHead(429, { 'retry-after': '86400' }).end(),
    'its being closed, and when it opens': (response) => response.writeHead(503, { 'retry-after': 'Fri, 31 Dec 2999 23:59:59 GMT' }).end(),
    nothing: saysText(''),
    garbage: saysText('supported!'),
    'a page': saysText('<html>log in</html>', { 'content-type': 'text/html' }),
    'the right text as another type': saysText(good, { 'content-type': 'text/plain' }),
    'the right text in another encoding': saysText(good, { 'content-type': 'application/json; charset=utf-16' }),
    'a score that is no number': saysText('{"question":"DIGEST","id":"a","label":"supported","score":NaN}'),
    'a score as text': says({ score: '1' }),
    'a score of nothing': says({ score: null }),
    'a score beyond one': says({ score: 1.01 }),
    'a score below nothing': says({ score: -0.01 }),
    'a score beyond all numbers': saysText('{"question":"DIGEST","id":"a","label":"supported","score":1e999}'),
    'a member twice': saysText('{"question":"DIGEST","id":"a","label":"unsupported","label":"supported","score":1}'),
    'a question twice': saysText('{"question":"sha256:0","question":"DIGEST","id":"a","label":"supported","score":1}'),
    'a member more': says({ verdict: 'verified' }),
    'a member of every object more': saysText('{"question":"DIGEST","id":"a","label":"supported","score":1,"__proto__":{}}'),
    'a member less': says({ score: undefined }),
    'a verdict that would raise': says({ label: 'verified', score: 1 }),
    'a label of every object': says({ label: 'constructor' }),
    'several labels': says({ label: ['supported'] }),
    'what it says about another question': says({ question: subjectOf({ ...wanted, claim: 'another' }) }),
    'what it says about no question': says({ question: undefined }),
    'the text of the question for its digest': says({ question: wanted.claim }),
    'several answers': saysText(`[${good},${good}]`),
    'one answer behind another': saysText(`${good}\n${good}`),
    'hostile text in the id': says({ id: '@everyone <script>\u202e' }),
    'an id that is too long': says({ id: 'a'.repeat(101) }),
    'what is nested deep': saysText(nested(8_000)),
    'what is nested deep in a member': saysText(`{"question":"DIGEST","id":${nested(4_000)},"label":"supported","score":1}`),
    'a body that is huge': saysText(`${' '.repeat(20_000)}${good}`),
    'a body that says that it is huge': (response) => response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99999999999' }).write('{'),
    'a body that unpacks to something huge': (response) => response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(2_000_000, ' '))),
    'a body that is packed in another way': saysText(good, { 'content-encoding': 'br' }),
    'a body that never ends': (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const write = (): void => {
        while (!response.destroyed && response.write(' '.repeat(65_536)));
      };
      response.on('drain', write);
      write();
    },
    'headers without an end': (response) => response.writeHead(200, { 'content-type': 'application/json', 'x-long': 'a'.repeat(60_000) }).end(good),
    'a redirect to itself': (response) => response.writeHead(307, { location: '/judge2' }).end(),
    'a redirect elsewhere': (response) => response.writeHead(308, { location: 'https://evil.example/judge' }).end(),
    'a redirect by GET': (response) => response.writeHead(303, { location: '/judge' }).end(),
    'a redirect to nowhere': (response) => response.writeHead(302).end(good),
    'a body that closes midway': (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '200' });
      response.write(good.slice(0, 20), () => response.destroy());
    },
    'an end before it began': (response) => response.destroy(),
  };

  for (const [what, answer] of Object.entries(hostile)) {
    test(`is unavailable where it answers with ${what}`, async (context) => {
      const { ask, bodies } = await aJudge(context, answer);
      const why = whyOf(await ask());
      // Where the judge stands is nothing that a public pull request should tell.
      assert.ok(why.startsWith('the judge ') && !why.includes('127.0.0.1'), why);
      assert.equal(bodies.length, 1);
    });
  }

  test('is unavailable where it is slow or sends one byte after the other, and the others of the round are not waited for', async (context) => {
    const silent = await aJudge(context, () => undefined, { timeoutMs: 60 });
    const dripping = await aJudge(context, drip, { timeoutMs: 60 });
    for (const { ask } of [silent, dripping]) assert.match(whyOf(await ask()), /no whole answer within 60 ms/);
    const late = await aJudge(context, () => undefined, { timeoutMs: 500, roundMs: 20 });
    const answers = await late.judge.askAll(Array.from({ length: 100 }, (_, index) => ({ ...wanted, claim: `claim ${index}` })));
    assert.deepEqual(new Set(answers.map(([, answer]) => whyOf(answer))), new Set(['the judge was too slow for all that one change asks; the rest is asked with the next attempt']));
    assert.ok(late.bodies.length <= 4, String(late.bodies.length));
  });

  test('that answers after its round has ended is heard with the next attempt', async (context) => {
    const { promise: mayAnswer, resolve } = Promise.withResolvers<undefined>();
    const { promise: hasAnswered, resolve: answered } = Promise.withResolvers<undefined>();
    const { ask, bodies } = await aJudge(context, (response, question) => void mayAnswer.then(() => says()(response.on('close', () => answered(undefined)), question)), { roundMs: 50 });
    assert.match(whyOf(await ask()), /too slow/);
    resolve(undefined);
    await hasAnswered;
    const again = async (): Promise<unknown> => (await ask()) ?? null;
    for (let attempt = 0; attempt < 20 && bodies.length === 1; attempt += 1) if (JSON.stringify(await again()) === JSON.stringify(judged)) break;
    assert.deepEqual([await again(), bodies.length], [judged, 1]);
  });

  test('is left alone after five outages in a row, and not after five wrong answers, which one change could bring about', async (context) => {
    const claims = Array.from({ length: 8 }, (_, index) => ({ ...wanted, claim: `claim ${index}` }));
    const away = await aJudge(context, (response) => response.writeHead(503, { 'retry-after': '86400' }).end());
    for (const claim of claims) await away.ask(claim);
    assert.equal(away.bodies.length, 5);
    assert.match(whyOf(await away.ask()), /left alone for 20 s/);
    const odd = await aJudge(context, (response, question) => (question.includes('claim ') ? response.writeHead(400).end() : says()(response, question)));
    for (const claim of claims) await odd.ask(claim);
    assert.deepEqual([await odd.ask(), odd.bodies.length], [judged, 9]);
  });

  test('is asked four things at once at most, by several changes together', async (context) => {
    const open: (() => void)[] = [];
    let most = 0;
    const { judge } = await aJudge(context, (response, question) => {
      most = Math.max(most, open.push(() => says()(response, question)));
      setImmediate(() => open.shift()?.());
    });
    const round = async (name: string) => await judge.askAll(Array.from({ length: 10 }, (_, index) => ({ ...wanted, claim: `${name} ${index}` })));
    const answers = (await Promise.all([round('a'), round('b')])).flat();
    assert.deepEqual([most <= 4, new Set(answers.map(([, { kind }]) => kind))], [true, new Set(['answered'])]);
  });

  test('is asked in a private network and on this machine, by https but for this very machine, and never where metadata of clouds is', async (context) => {
    const identity = aCertificate('judge.example');
    const askAt = async (scheme: 'http' | 'https', ...addresses: readonly string[]) => {
      const { service } = await aJudge(context, says(), scheme === 'https' ? { identity } : {});
      const connection = { resolve: async () => await Promise.resolve(addresses), certificateAuthority: identity.cert };
      const answer = await (await aJudge(context, says(), { url: `${scheme}://judge.example:${service.port}/judge`, connection })).ask();
      return answer?.kind === 'answered' ? answer : whyOf(answer).replace(/^the judge /, '');
    };
    // The first address is the one that answers; each of them is checked.
    assert.deepEqual(await askAt('https', '127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.0.1', 'fd12:3456::1'), judged);
    assert.deepEqual(await askAt('http', '127.0.0.1'), judged);
    assert.equal(await askAt('http', '127.0.0.1', '10.0.0.1'), 'was to be read by plain http, expected https');
    for (const address of ['169.254.169.254', 'fd00:ec2::254', '0.0.0.0', '100.100.100.200']) assert.match(String(await askAt('https', '127.0.0.1', address)), /^stands for/);
  });

  test('attack: is sent nothing where its certificate does not hold', async (context) => {
    const identity = aCertificate('judge.example');
    const { service } = await aJudge(context, says(), { identity });
    const connection = { resolve: async () => await Promise.resolve(['127.0.0.1']) };
    const untrusted = await aJudge(context, says(), { url: `https://judge.example:${service.port}/`, connection });
    const ofAnother = await aJudge(context, says(), { url: `https://other.example:${service.port}/`, connection: { ...connection, certificateAuthority: identity.cert } });
    const plain = await aJudge(context, says());
    const withoutAny = await aJudge(context, says(), { url: plain.service.url.replace('http:', 'https:') });
    assert.deepEqual([whyOf(await untrusted.ask()), whyOf(await ofAnother.ask())].map((why) => why.replace(/^the judge /, '')), ['has a certificate that nobody trusted made, expected an answer', 'has a certificate for another name, expected an answer']);
    assert.equal((await withoutAny.ask())?.kind, 'unavailable');
    assert.deepEqual([service.requests, plain.service.requests], [[], []]);
  });

  test('that was refused reads its secret anew, and an id that tells the secret is none', async (context) => {
    let renewed = 0;
    const token = { reveal: () => 'canary', refreshAfterRefusal: async () => await Promise.resolve((renewed += 1) > 0) };
    const refused = await aJudge(context, (response) => response.writeHead(401).end(), { token });
    const telling = await aJudge(context, says({ id: 'the-canary' }), { token });
    const [first, second] = [whyOf(await refused.ask()), whyOf(await telling.ask())];
    assert.equal(renewed, 1);
    assert.doesNotMatch(first + second, /canary/);
  });

  test('is not sent what may hold a secret: the claim, a passage, or what nobody could look through', async (context) => {
    const { ask, bodies } = await aJudge(context, says());
    assert.deepEqual(await ask({ ...wanted, claim: `The key is ${markedSecret}.` }), { kind: 'answered', value: { kind: 'withheld', path: null } });
    assert.deepEqual(await ask({ ...wanted, passages: [...wanted.passages, { path: 'b.md', text: markedSecret }] }), { kind: 'answered', value: { kind: 'withheld', path: 'b.md' } });
    const undecided = await aJudge(context, says(), { secrets: { scan: async (batch) => await Promise.resolve(batch.map(() => ({ kind: 'undecided', why: 'too long' }))) } });
    const broken = await aJudge(context, says(), { secrets: { scan: async (batch) => await Promise.resolve(batch.map(() => ({ kind: 'unanswered', why: 'no memory' }))) } });
    const silent = await aJudge(context, says(), { secrets: { scan: async () => await Promise.resolve([]) } });
    assert.deepEqual(await undecided.ask(), { kind: 'answered', value: { kind: 'withheld', path: null } });
    for (const { ask: askIt } of [broken, silent]) assert.match(whyOf(await askIt()), /nobody could look for secrets/);
    assert.deepEqual([bodies, undecided.bodies, broken.bodies, silent.bodies], [[], [], [], []]);
  });

  test('is understood exactly where its answer is one by the schema that is published', () => {
    const question = subjectOf(wanted);
    const mostly = <Value>(good: Arbitrary<Value>) => oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: anything() });
    const answers = record({ question: mostly(constantFrom(question)), id: mostly(constantFrom('nli/large@3', 'a'.repeat(100), 'a'.repeat(101), '-a')), label: mostly(constantFrom('supported', 'unsupported', 'contradicted', 'verified')), score: mostly(oneof(constantFrom(0, 1, 2, -1), double({ min: 0, max: 1 }))), more: anything() }, { requiredKeys: ['question', 'id', 'label', 'score'] });
    let understood = 0;
    hold(property(answers, (answer) => {
      const text = JSON.stringify(answer);
      const isBySchema = isAnswer(JSON.parse(text)) && answer.question === question;
      understood += isBySchema ? 1 : 0;
      assert.equal(readJudgement(new TextEncoder().encode(text), question) !== null, isBySchema, text);
    }), { numRuns: 500 });
    assert.ok(understood > 10, String(understood));
  });
});

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(timer));
}

function whyOf(answer: { readonly kind: string; readonly why?: string } | undefined): string {
  return answer?.why ?? assert.fail(JSON.stringify(answer));
}
