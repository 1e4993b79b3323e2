import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { commandMessage, commandProperty, inertJson, markdownCode, markdownProse, markdownText, markdownUrl, pathUri, sarifText, terminalText, visible, xmlText } from '../../src/render/escape.ts';
import { anyCharacter } from '../builders/any-character.ts';

const runs = { seed: 20261120, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 400 };

/** Text as an attacker would write it: markup and tricks beside any character, lone surrogates included. */
const tricks = ['@org/team', '@mona', '#12', 'GH-7', 'acme/shop#3', '![x](https://evil.example/b.png)', '</details>', '<!--', '-->', '<img src=x>', '``````````', '`', '```\n', '|', '\\', '\\|', '\n', '\r\n', '\u2028', '\u001b[31m', '\u202e', '\u200b', '$$', '$`x`$', '&lt;', '&#64;', 'www.evil.example', 'https://evil.example', '[a]', '(b)', '::error::', '##[error]', ']]>', '%0A', ' ', 'a', '1.', '- ', '\ud800', '\u{e0041}'];
const hostile = fc.array(fc.oneof(fc.constantFrom(...tricks), fc.string({ unit: anyCharacter, maxLength: 5 })), { maxLength: 12 }).map((parts) => parts.join(''));

/** What Markdown would still read after code spans are taken out, and whether each code span ended. */
function outsideCode(markdown: string): { readonly rest: string; readonly open: boolean } {
  let rest = '';
  let index = 0;
  while (index < markdown.length) {
    const run = /^`+/.exec(markdown.slice(index))?.[0];
    if (run === undefined) {
      rest += markdown[index];
      index += 1;
      continue;
    }
    const end = new RegExp(`(?<!\`)\`{${run.length}}(?!\`)`).exec(markdown.slice(index + run.length));
    if (end === null) return { rest, open: true };
    index += run.length + end.index + run.length;
  }
  return { rest, open: false };
}

/** Fails on anything that GitHub Markdown would bring to life. */
function assertInert(markdown: string): void {
  const { rest, open } = outsideCode(markdown);
  assert.equal(open, false, 'a code span stays open');
  const bare = rest.replaceAll('<span>$</span>', '').replace(/&#\d+;/g, '\u200b');
  assert.doesNotMatch(bare, /[<>|&$`\n\r]/, 'markup, bar, dollar or line break');
  assert.doesNotMatch(bare, /(?<!\\)[*_~[\]]/, 'emphasis or link');
  assert.doesNotMatch(bare, /[@#](?!\u200b)/, 'mention or reference');
  assert.doesNotMatch(bare, /:\/\/|www\.|GH-/i, 'address or reference');
}

describe('visible()', () => {
  it('shows control, bidirectional, zero-width and broken characters', () => {
    assert.equal(visible('a\nb\u001b[31m\u202e\u200b\u00ad\ud800\u007f'), 'a␊b␛[31m⟨U+202E⟩⟨U+200B⟩⟨U+00AD⟩⟨U+D800⟩␡');
  });

  it('leaves letters of any script and ordinary emoji as they are', () => {
    assert.equal(visible('Grüße 契約 ❤️ 😀'), 'Grüße 契約 ❤️ 😀');
  });

  it('is one well-formed line whatever comes in', () => {
    fc.assert(fc.property(hostile, (text) => visible(text).isWellFormed() && !/[\n\r\u2028\u2029]/.test(visible(text))), runs);
  });
});

describe('Markdown from outside', () => {
  it('is inert as text, prose and code for any input', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assertInert(markdownText(text));
        assertInert(markdownProse(text));
        assertInert(markdownCode(text));
      }),
      runs,
    );
  });

  it('stays in its table cell', () => {
    fc.assert(fc.property(hostile, (text) => !markdownText(text).includes('|') && !markdownText(text).endsWith('\\')), runs);
  });

  it('mentions nobody and refers to nothing', () => {
    assert.equal(markdownText('ask @org/team in #12'), String.raw`ask @&#8203;org/team in \#&#8203;12`);
  });

  it('loads no image and opens no link', () => {
    assert.equal(markdownText('![x](https://evil.example/b.png)'), String.raw`!\[x\](https:&#8203;//evil.example/b.png)`);
  });

  it('closes no element around it', () => {
    assert.equal(markdownText('</details><!--'), '&#60;/details&#62;&#60;!--');
  });

  it('starts no list, heading or rule', () => {
    assert.deepEqual(['- a', '1. a', '=== ', '   # a'].map(markdownText), [String.raw`\- a`, String.raw`1\. a`, String.raw`\=== `, String.raw`\#&#8203; a`]);
  });

  it('keeps what follows code as it is: no line begins there', () => {
    assert.equal(markdownProse('Comment `/plumbline help`. Or `x`- and `y`1. Then'), 'Comment `/plumbline help`. Or `x`- and `y`1. Then');
    assert.equal(markdownProse('1. first'), String.raw`1\. first`);
  });

  it('keeps code between backticks in prose', () => {
    assert.equal(markdownProse('Run `plumbline contract bump a_b.yaml` now.'), 'Run `plumbline contract bump a_b.yaml` now.');
  });

  it('cannot leave a code span with ten backticks', () => {
    assert.equal(markdownCode('a``````````b'), '``````````` a``````````b ```````````');
  });
});

describe('markdownUrl()', () => {
  it('keeps an https address and encodes what would end the link', () => {
    assert.equal(markdownUrl('https://example.test/a)(b'), 'https://example.test/a%29%28b');
  });

  it('refuses any other scheme', () => {
    assert.deepEqual(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'https://'].map(markdownUrl), [null, null, null, null]);
  });
});

describe('terminal and build log', () => {
  it('carry no escape sequence and no runner command for any input', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = terminalText(text);
        assert.doesNotMatch(shown, /[\p{Cc}\u2028\u2029\u202a-\u202e]|##\[|^\s*::/u);
      }),
      runs,
    );
  });

  it('cannot end a workflow command or add a property', () => {
    assert.equal(commandProperty('a:b,c%\n::set-env'), 'a%3Ab%2Cc%25␊%3A%3Aset-env');
    fc.assert(fc.property(hostile, (text) => !/[\n\r]|%(?!25)/.test(commandMessage(text)) && !/[:,\n\r]/.test(commandProperty(text))), runs);
  });
});

describe('XML, URI, SARIF and JSON', () => {
  it('XML text has no markup and only characters that XML 1.0 allows', () => {
    fc.assert(fc.property(hostile, (text) => !/[<>"']|&(?!#\d+;)|[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xmlText(text))), runs);
  });

  it('a path is a relative reference that decodes to itself', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const uri = pathUri(text);
        assert.match(uri, /^[A-Za-z0-9\-._~!'()*%/]*$/);
        assert.equal(decodeURIComponent(uri), text.toWellFormed());
      }),
      runs,
    );
  });

  it('a path cannot become a scheme or climb', () => {
    assert.deepEqual(['javascript:x', '../etc', 'a b/é'].map(pathUri), ['javascript%3Ax', '%2E%2E/etc', 'a%20b/%C3%A9']);
  });

  it('a SARIF message holds no placeholder and no link', () => {
    assert.equal(sarifText('[a](http://b) {0} \\'), String.raw`\[a\](http://b) {{0}} \\`);
  });

  it('JSON parses to the same value and shows no control or bidirectional character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = inertJson({ text });
        assert.doesNotMatch(json, /(?!\n)[\p{Cc}\p{Cf}]|##\[/u);
        assert.deepEqual(JSON.parse(json), { text });
      }),
      runs,
    );
  });
});
