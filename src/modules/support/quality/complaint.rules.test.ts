import { describe, expect, test } from '@jest/globals';
import { ComplaintStage, nextDeadline, stageAfter } from './complaint.rules.js';

describe('a complaint', () => {
  test('goes from being received to being answered, and once further to an appeal', () => {
    expect(stageAfter(ComplaintStage.RECEIVED, 'ACKNOWLEDGED')).toBe('ACKNOWLEDGED');
    expect(stageAfter(ComplaintStage.ACKNOWLEDGED, 'ANSWERED')).toBe('ANSWERED');
    expect(stageAfter(ComplaintStage.ANSWERED, 'APPEALED')).toBe('APPEALED');
    expect(stageAfter(ComplaintStage.APPEALED, 'APPEAL_ANSWERED')).toBe('CLOSED');
  });

  test('is not appealed before it is answered, nor again after that', () => {
    for (const stage of ['RECEIVED', 'ACKNOWLEDGED', 'APPEALED', 'CLOSED', 'WITHDRAWN'] as ComplaintStage[])
      expect(stageAfter(stage, 'APPEALED')).toBeNull();
  });

  test('that is over stays over', () => {
    for (const stage of [ComplaintStage.CLOSED, ComplaintStage.WITHDRAWN]) {
      for (const step of ['ACKNOWLEDGED', 'ANSWERED', 'APPEALED', 'APPEAL_ANSWERED', 'CLOSED', 'WITHDRAWN'] as const)
        expect(stageAfter(stage, step)).toBeNull();
    }
  });

  test('is due where it stands, and nowhere once it is answered', () => {
    const complaint = { acknowledgeBy: '1', answerBy: '2', appealAnswerBy: '3' };
    const due = (stage: string) => nextDeadline({ ...complaint, stage: stage as ComplaintStage });
    expect(['RECEIVED', 'ACKNOWLEDGED', 'ANSWERED', 'APPEALED', 'CLOSED', 'WITHDRAWN'].map(due)).toEqual([
      '1',
      '2',
      null,
      '3',
      null,
      null,
    ]);
  });
});
