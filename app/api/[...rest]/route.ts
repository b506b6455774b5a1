/** What is asked for under `/api` and isn't there: the middleware, and so the portal's own page, is for pages alone. */
function nothingHere(): Response {
  return new Response(null, { status: 404 });
}

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as OPTIONS,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
