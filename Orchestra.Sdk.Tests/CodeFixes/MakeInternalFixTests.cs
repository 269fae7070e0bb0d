namespace Orchestra.Sdk.Tests.CodeFixes;

/// <summary>ORC035: types that generated code cannot get at.</summary>
public sealed class MakeInternalFixTests
{
    [TestCase("private sealed record R(int A);", "internal sealed record R(int A);")]
    [TestCase("sealed record R(int A);", "internal sealed record R(int A);")]
    [TestCase("enum R { A }", "internal enum R { A }")]
    public Task Of_a_type_within_another(string before, string after) => CodeFixHarness.VerifyAsync(
        "ORC035", "Make 'R' internal", InClass(before), InClass(after));

    [TestCase("public static object F<R>(Orchestra.Sdk.Messages.ToolResponse a) => a.ReadAs<R>()!;")]
    [TestCase("public static object F(Orchestra.Sdk.Messages.ToolResponse a) => a.ReadAs<Action>();")]
    public async Task Is_not_offered_where_it_would_not_help(string member) =>
        Assert.That(await CodeFixHarness.TitlesAsync($"public static class C {{ {member} }}", "ORC035"), Is.Empty);

    private static string InClass(string type) => $$"""
        public static class C
        {
            {{type}}

            public static object F(Orchestra.Sdk.Messages.ToolResponse a) => a.ReadAs<R>();
        }
        """;
}
