import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import schema from '../../../schemas/agent-evidence.schema.json' with { type: 'json' };
import { readEvidence } from '../../../src/domain/agent-evidence/read-evidence.ts';
import type { EvidenceReading } from '../../../src/domain/agent-evidence/read-evidence.ts';
import { readDocument } from '../../../src/domain/document/read-document.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { limits } from '../../../src/domain/limits.ts';
import { aCitation, aClaim, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';

function read(value: JsonValue): EvidenceReading {
  const reading = readDocument(new TextEncoder().encode(JSON.stringify(value, null, 1)), 'json');
  assert.ok(reading.kind === 'document');
  return readEvidence(reading.document);
}

/** Pointers of what is wrong. */
function wrongIn(overrides: JsonObject): readonly string[] {
  const reading = read(anEvidenceDocument(overrides));
  return reading.kind === 'invalid' ? reading.problems.map(({ pointer }) => pointer) : [];
}

const usage = { 'gen_ai.provider.name': 'acme', 'gen_ai.request.model': 'm', 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.output_tokens': 2 };
const many = (count: number, make: (index: number) => JsonValue) => Array.from({ length: count }, (_, index) => make(index));

test('the schema of evidence is one by its meta-schema of 2020-12', () => {
  const ajv = new Ajv2020();
  assert.deepEqual([ajv.validateSchema(schema), ajv.errors], [true, null]);
});

test('readEvidence() reads what a document says into domain form', () => {
  const reading = read(
    anEvidenceDocument({
      tool: { name: 'tool' },
      conversation: { url: 'https://chat.example/1' },
      claims: [aClaim({ changes: [{ path: 'src/a.ts', start_line: 3 }, { path: 'src/b.ts' }], citations: [aCitation({ revision: 'f'.repeat(40), content_hash: `sha256:${'1'.repeat(64)}` }), { id: 'q2', type: 'url', path: 'https://x.example', role: 'context' }] })],
      references: { dependencies: ['pkg:npm/left-pad@1.3.0'], urls: ['https://x.example'] },
      usage: [{ ...usage, 'gen_ai.usage.cache_read.input_tokens': 7, 'gen_ai.response.id': 'r', cost: { amount: 0.01, currency: 'USD', source: 'proxy' } }],
    }),
  );
  assert.ok(reading.kind === 'evidence');
  const { document } = reading;
  assert.deepEqual(document.claims, [
    {
      id: 'c1',
      kind: 'behaviour',
      text: 'The cart adds up its items',
      critical: true,
      changes: [{ path: 'src/a.ts', startLine: 3, endLine: 3 }, { path: 'src/b.ts', startLine: null, endLine: null }],
      citations: [
        { id: 'q1', type: 'repo', revision: 'f'.repeat(40), path: 'docs/cart.md', startLine: 3, endLine: 3, quote: 'The cart adds up its items, with taxes.', contentHash: `sha256:${'1'.repeat(64)}`, role: 'supports' },
        { id: 'q2', type: 'url', revision: null, path: 'https://x.example', startLine: null, endLine: null, quote: null, contentHash: null, role: 'context' },
      ],
    },
  ]);
  assert.deepEqual([document.tool, document.conversation, document.confidence, document.contributor], [{ name: 'tool', version: null }, 'https://chat.example/1', { score: 0.95, method: 'verbalized' }, { type: 'ai', modelId: 'model-1' }]);
  assert.deepEqual(document.usage, [{ attributes: { ...usage, 'gen_ai.usage.cache_read.input_tokens': 7, 'gen_ai.response.id': 'r' }, cost: { amount: 0.01, currency: 'USD', source: 'proxy' } }]);
});

test('readEvidence() takes a document without confidence, whose confidence counts as none', () => {
  const { confidence: _left, ...rest } = anEvidenceDocument();
  const reading = read(rest);
  assert.ok(reading.kind === 'evidence');
  assert.equal(reading.document.confidence, null);
});

test('readEvidence() takes out every verdict that the agent sent, wherever it stands, and says where', () => {
  const reading = read(anEvidenceDocument({ verified_by_rag: true, confidence: { score: 1, method: 'external', verdict: 'sure' }, claims: [{ ...aClaim(), verdict: 'verified', citations: [{ ...aCitation(), verdict: { a: 1 } }] }] }));
  assert.ok(reading.kind === 'evidence');
  assert.deepEqual(reading.ignored.toSorted(), ['/claims/0/citations/0/verdict', '/claims/0/verdict', '/confidence/verdict', '/verified_by_rag']);
});

test('readEvidence() refuses what is unknown, missing, of another kind or over a limit, with its place', () => {
  const wrong: readonly (readonly [JsonObject, readonly string[]])[] = [
    [{ version: 2 }, ['/version']],
    [{ 'verified-by-rag': true }, ['/verified-by-rag']],
    [{ ['__proto__']: 1 }, ['/__proto__']],
    [{ subject: {} }, ['/subject', '/subject', '/subject']],
    [{ subject: aSubject({ change_digest: 'sha256:1' }) }, ['/subject/change_digest']],
    [{ confidence: { score: 1.01, method: 'verbalized' } }, ['/confidence/score']],
    [{ confidence: { score: '1', method: 'verbalized' } }, ['/confidence/score']],
    [{ claims: many(limits.claims + 1, (index) => aClaim({ id: `c${index}` })) }, ['/claims']],
    [{ claims: [aClaim({ citations: many(limits.citations + 1, (index) => aCitation({ id: `q${index}` })) })] }, ['/claims/0/citations']],
    [{ claims: [aClaim({ citations: [aCitation({ quote: 'x'.repeat(limits.quoteCharacters + 1) })] })] }, ['/claims/0/citations/0/quote']],
    [{ claims: [aClaim({ citations: [{ id: 'q1', type: 'repo', role: 'supports', end_line: 3 }] })] }, ['/claims/0/citations/0']],
    [{ claims: [aClaim({ citations: [aCitation({ start_line: 3, end_line: 2 })] })] }, ['/claims/0/citations/0/end_line']],
    [{ claims: [aClaim({ changes: [{ path: 'a', start_line: 0 }] })] }, ['/claims/0/changes/0/start_line']],
    [{ claims: [aClaim({ critical: 'yes' })] }, ['/claims/0/critical']],
    [{ claims: [aClaim(), aClaim()] }, ['/claims/1/id']],
    [{ claims: [aClaim({ citations: [aCitation(), aCitation()] })] }, ['/claims/0/citations/1/id']],
    [{ usage: [{ ...usage, 'gen_ai.usage.output_tokens': -1 }] }, ['/usage/0/gen_ai.usage.output_tokens']],
    [{ usage: [{ ...usage, 'gen_ai.usage.reasoning.output_tokens': '5' }] }, ['/usage/0/gen_ai.usage.reasoning.output_tokens']],
    [{ usage: [{ ...usage, tokens: 5 }] }, ['/usage/0/tokens']],
    [{ references: { dependencies: ['left-pad'] } }, ['/references/dependencies/0']],
  ];
  for (const [overrides, pointers] of wrong) assert.deepEqual(wrongIn(overrides), pointers, JSON.stringify(overrides).slice(0, 200));
  assert.equal(read([]).kind, 'invalid');
});

test('the limits of the schema are those that are stated', () => {
  const { claims } = schema.properties;
  const { citations } = claims.items.properties;
  assert.deepEqual([claims.maxItems, citations.maxItems, citations.items.properties.quote.maxLength], [limits.claims, limits.citations, limits.quoteCharacters]);
});
