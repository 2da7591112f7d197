'use client';

import { useEffect, useRef, useState } from 'react';
import { putFile } from './put-file.ts';

interface UploadedFile {
  readonly name: string;
  readonly bytes: number;
}

type UploadState =
  | { readonly status: 'idle' }
  | { readonly status: 'sending'; readonly file: File; readonly sentBytes: number }
  | { readonly status: 'failed'; readonly file: File; readonly message: string };

/** What has been uploaded since the page was loaded, by its id. */
const uploaded = new Map<string, UploadedFile>();

/** The file behind an upload of this page; undefined for older ones. */
export function uploadedFile(id: unknown): UploadedFile | undefined {
  return typeof id === 'string' ? uploaded.get(id) : undefined;
}

/** An upload with its progress; `onDone` is given its id. It ends with the component. */
export function useUpload(onDone: (id: string) => void) {
  const [state, setState] = useState<UploadState>({ status: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (file: File) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const show = (next: UploadState) => signal.aborted || setState(next);
    show({ status: 'sending', file, sentBytes: 0 });
    try {
      const onProgress = (sentBytes: number) => show({ status: 'sending', file, sentBytes });
      const id = await putFile(file, { signal, onProgress });
      if (signal.aborted) return;
      uploaded.set(id, { name: file.name, bytes: file.size });
      setState({ status: 'idle' });
      onDone(id);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The upload failed. Try again.';
      show({ status: 'failed', file, message });
    }
  };
  const cancel = () => {
    running.current?.abort();
    setState({ status: 'idle' });
  };
  return { state, start, cancel };
}
