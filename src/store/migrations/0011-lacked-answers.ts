/** Which decisions lack an answer, whatever else they deny: those are tried again. Before, only inconclusive ones were. */
export const lackedAnswers: readonly string[] = [
  `alter table decisions add column lacks_answer boolean not null default false`,
  `update decisions set lacks_answer = true where cause = 'inconclusive'`,
  `alter table decisions alter column lacks_answer drop default`,
];
