// The thread in which records are read: it has the database open for reading, and answers one question after the other.
// Started by reader-thread.ts, which alone speaks to it.
import { workerData } from 'node:worker_threads';
import { answerMain } from '../database/database-thread-worker.ts';
import { openForReading } from '../database/open.ts';
import { watched } from '../database/rescue.ts';
import { openRecordReader, type ReaderQuestion } from './record-reader.ts';

const file = String(workerData);
const reader = openRecordReader(openForReading(file));

answerMain((asked: ReaderQuestion) => watched(file, () => reader.answer(asked)));
