namespace Orchestra.Examples.Hosted;

/// <summary>Looks how pages answer. It is made for each call, with a client of the factory's.</summary>
public sealed class PageReader(HttpClient http)
{
    public async Task<PageState> ReadAsync(Uri page, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(page, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new PageState(page, (int)answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            return new PageState(page, Status: null);
        }
    }
}

/// <summary>How a page has answered.</summary>
/// <param name="Page">The page.</param>
/// <param name="Status">The status code; nothing where there was no answer.</param>
public sealed record PageState(Uri Page, int? Status);
