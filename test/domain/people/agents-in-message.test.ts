import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agentsInMessage } from '../../../src/domain/people/agents-in-message.ts';

test('agentsInMessage() reads the trailers of agents in the last paragraph, in any case, each once', () => {
  assert.deepEqual(agentsInMessage('Add up\n\nIt adds.\n\nSigned-off-by: Mona <m@example.com>\nAssisted-by: Coder:model-3\nASSISTED-BY: Coder:model-3\nAI-Agent: Maker\r\nGenerated-by:\tTool\n'), ['Coder:model-3', 'Maker', 'Tool']);
});

test('agentsInMessage() finds none in other words and other places', () => {
  for (const message of ['', 'Agent', 'Agent:', 'Agent:x', 'Agent: x\n\nNo trailer here.', 'The Agent: x', ' Agent: x', 'Agents: x', 'Co-authored-by: Coder <c@example.com>']) assert.deepEqual(agentsInMessage(message), [], message);
});

test('attack: agentsInMessage() reads a message of any length in its own length, and tells a bounded part', () => {
  const many = `\n\n${Array.from({ length: 50_000 }, (_, index) => `Agent: ${index}${'x'.repeat(300)}`).join('\n')}`;
  assert.deepEqual(agentsInMessage(many).map((name) => name.length), Array.from({ length: 10 }, () => 100));
  assert.deepEqual(agentsInMessage(`${' \n'.repeat(100_000)}Agent: x`), ['x']);
});
