import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderJunit } from '../../src/render/junit.ts';
import { aDecisionWith, aFindingAt } from '../builders/decision-builder.ts';
import { assertGolden } from './golden.ts';
import { sampleDecisions } from './sample-decisions.ts';

const token = /<\?xml[^>]*\?>|<\/([a-z-]+)>|<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|[^<]+|</gy;

/** The start tags of a well-formed document, in order; throws on anything that is not. */
function elementsOf(xml: string): readonly { readonly name: string; readonly attributes: string }[] {
  const open: string[] = [];
  const elements: { name: string; attributes: string }[] = [];
  for (const match of xml.matchAll(token)) {
    const [text, closed, started, attributes = '', alone] = match;
    if (closed !== undefined) assert.equal(open.pop(), closed);
    else if (started !== undefined) {
      elements.push({ name: started, attributes });
      if (alone === '') open.push(started);
    } else assert.match(text, /^(<\?xml .*|[^<&]|&#\d+;)*$/s);
  }
  assert.deepEqual(open, []);
  return elements;
}

function counted(xml: string, name: string): number {
  return elementsOf(xml).filter((one) => one.name === name).length;
}

describe('renderJunit()', () => {
  for (const [name, decision] of Object.entries(sampleDecisions)) {
    it(`of the sample "${name}" is well-formed and counts what it holds`, () => {
      const xml = renderJunit(decision);
      const root = elementsOf(xml)[0]?.attributes ?? '';
      const counts = ['testcase', 'failure', 'error', 'skipped'].map((element) => counted(xml, element));
      assert.equal(root, ` name="plumbline" tests="${counts[0]}" failures="${counts[1]}" errors="${counts[2]}" skipped="${counts[3]}"`);
    });
  }

  it('never counts a decision that is not allow as a success', () => {
    for (const name of ['deny', 'hold', 'inconclusive', 'silent'] as const) {
      assert.match(renderJunit(sampleDecisions[name]), /name="decision">\s*<(failure|error)/, name);
    }
  });

  it('shows a gate without a verdict as an error', () => {
    assert.match(renderJunit(sampleDecisions.silent), /classname="plumbline\.contracts" name="verdict">\s*<error/);
  });

  it('of a denied sample reads as its golden file', () => {
    assertGolden('junit-deny.xml', renderJunit(sampleDecisions.deny));
  });

  it('stays well-formed for hostile text', () => {
    const hostile = ']]></testcase><!ENTITY x SYSTEM "file:///etc/passwd"> & \u0000\u001b\uffff"\'';
    const xml = renderJunit(aDecisionWith([aFindingAt(hostile, 1, { message: `${hostile}\ud800`, next: hostile })]));
    assert.equal(counted(xml, 'testcase'), 7);
    assert.doesNotMatch(xml, /<!|(?!\n)\p{Cc}|\p{Cs}|\uffff/u);
  });
});
