-- The private bucket for uploads, spooled bodies and artifacts. People reach its objects by signed links alone.

insert into storage.buckets (id, name, public) values ('entrepot', 'entrepot', false) on conflict (id) do nothing;
