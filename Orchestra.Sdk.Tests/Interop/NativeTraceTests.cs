namespace Orchestra.Sdk.Tests.Interop;

/// <summary>A native binary's log names the methods of a stack trace: docs/decisions/0012.</summary>
[Category("Process")]
internal sealed class NativeTraceTests
{
    [Test]
    public async Task Has_the_names_of_methods()
    {
        byte[] binary = await File.ReadAllBytesAsync(await NativeGreeter.PathAsync());

        // Of no other use there: nothing reflects over the server's own methods.
        Assert.That(binary.AsSpan().IndexOf("FindInterrupted"u8), Is.Not.Negative);
    }
}
