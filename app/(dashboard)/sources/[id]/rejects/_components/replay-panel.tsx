import { Alert, List, ListItem, Paper, Stack, Text, Title } from '@mantine/core';
import type { Route } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import { hindranceOf } from '#app/(dashboard)/sources/_components/hindrance.ts';
import type { Session } from '#lib/auth/session.ts';
import { type EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import { previewReplay, type ReplayPreview } from '#lib/sources/replay-preview.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { ReplayButton } from './replay-button.tsx';
import { ReplayVerdict } from './replay-verdict.tsx';

interface ReplayPanelProps {
  readonly session: Session;
  readonly source: SourceView;
  readonly mayEdit: boolean;
}

const SHOWN_REASONS = 3;

/** What would become of the parked rows under the present mapping, and the button that replays them. */
export async function ReplayPanel({ session, source, mayEdit }: ReplayPanelProps) {
  const preview = await tried(session, source);
  if (isEntrepotError(preview)) return <Broken source={source} problem={preview.message} />;
  if (preview.length === 0) return null;
  return (
    <Paper withBorder p="md" mb="md" component="section" aria-labelledby="replay">
      <Stack gap="sm">
        <Title order={2} size="h4" id="replay">
          Try them again
        </Title>
        <Text size="sm" maw={640}>
          With the mapping as it is now, without asking the source. To take more of them,{' '}
          <MappingLink id={source.id}>change the mapping</MappingLink> first.
        </Text>
        {preview.map((stream) => (
          <Verdict key={stream.stream} preview={stream} />
        ))}
        {mayEdit && (
          <ReplayButton
            sourceId={source.id}
            disabled={source.syncJobId !== null || Boolean(hindranceOf(source))}
          />
        )}
      </Stack>
    </Paper>
  );
}

/** An error of ours is something to say; any other is not expected. */
async function tried(session: Session, source: SourceView): Promise<ReplayPreview[] | EntrepotError> {
  try {
    return await previewReplay(session, source);
  } catch (error) {
    if (isEntrepotError(error)) return error;
    throw error;
  }
}

function Broken({ source, problem }: { source: SourceView; problem: string }) {
  return (
    <Alert color="yellow" mb="md" title="They cannot be tried again yet">
      {problem} <MappingLink id={source.id}>Change the mapping</MappingLink>
    </Alert>
  );
}

function MappingLink({ id, children }: { id: string; children: string }) {
  return (
    <TextLink href={`/sources/${id}/mapping?rows=set-aside` as Route} inherit c="inherit">
      {children}
    </TextLink>
  );
}

function Verdict({ preview }: { preview: ReplayPreview }) {
  const reasons = [...new Set(preview.rejects.map(({ field, reason }) => `${field}: ${reason}`))];
  return (
    <div>
      <ReplayVerdict preview={preview} />
      {reasons.length > 0 && (
        <List size="sm">
          {reasons.slice(0, SHOWN_REASONS).map((reason) => (
            <ListItem key={reason} style={{ overflowWrap: 'anywhere' }}>
              {reason}
            </ListItem>
          ))}
          {reasons.length > SHOWN_REASONS && <ListItem>… and other reasons</ListItem>}
        </List>
      )}
    </div>
  );
}
