-- Reads a page of the ranking in one step: in two, a company that moves in
-- between would show its new row at its old place.
--
-- KEYS: 1 epoch, 2 ranking, 3 rows
-- ARGV: 1 place of the first company, from 0, 2 place of the last
-- Returns the state, the number of companies ranked, and then ticker and row
-- by turns.
local page = {redis.call('HGET', KEYS[1], 'state') or '', redis.call('ZCARD', KEYS[2])}
for _, ticker in ipairs(redis.call('ZRANGE', KEYS[2], ARGV[1], ARGV[2])) do
  page[#page + 1] = ticker
  page[#page + 1] = redis.call('HGET', KEYS[3], ticker) or ''
end
return page
