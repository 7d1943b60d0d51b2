create table notes (
  id bigint generated always as identity primary key,
  text text not null check (char_length(text) between 1 and 280),
  author text not null,
  created_at timestamptz not null default now()
);
