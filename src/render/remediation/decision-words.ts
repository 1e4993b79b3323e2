/** What a close by a person means, everywhere in the same words. Goes on after "That". */
export const closesFor = 'is a decision: nothing is opened for this drift again for 30 days, unless it becomes another one';

export const unsuppress = '`/plumbline unsuppress` takes it back.';
