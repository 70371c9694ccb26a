import { parentPort } from 'node:worker_threads';
import { compactDocument } from '../vocabulary/compact.js';
import { signDocument } from './sign-document.js';
import { verifyWithKey } from './verify-document.js';
import { type Answer, describeError, type Question } from './worker-messages.js';

// The thread: one question, one answer, in turns.
parentPort!.on('message', async (question: Question) => {
  parentPort!.postMessage(await answer(question));
});

async function answer(question: Question): Promise<Answer> {
  try {
    return { value: await work(question) };
  } catch (error) {
    return { error: describeError(error) };
  }
}

function work(question: Question): Promise<unknown> {
  switch (question.name) {
    case 'verify':
      return verifyWithKey(question.document, question.key, question.rules);
    case 'sign':
      return signDocument(question.document, question.signer);
    case 'compact':
      return compactDocument(question.document);
  }
}
