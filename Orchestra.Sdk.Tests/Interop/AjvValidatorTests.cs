namespace Orchestra.Sdk.Tests.Interop;

[Category("Process")]
internal sealed class AjvValidatorTests
{
    private const string Schema =
        """{"type":"object","properties":{"times":{"type":"integer","maximum":10}},"required":["times"]}""";

    [Test]
    public async Task Reports_bad_schemas_and_values_on_the_wrong_side()
    {
        await using AjvValidator ajv = AjvValidator.Start();

        Assert.That(await ajv.CheckAsync(Schema, ["""{"times":1}"""], ["{}"]), Is.Empty);
        Assert.That(
            await ajv.CheckAsync(Schema, ["""{"times":10}""", """{"times":11}"""], ["""{"times":1}"""]),
            Is.EqualTo(new[] { "valid[1]: /times must be <= 10", "invalid[0]: accepted" }));
        Assert.That(
            await ajv.CheckAsync("""{"type":"string","unheardOf":1}"""),
            Is.EqualTo(new[] { "schema: strict mode: unknown keyword: \"unheardOf\"" }));
    }
}
