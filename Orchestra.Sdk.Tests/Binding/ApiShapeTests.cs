using System.ComponentModel;
using System.Reflection;
using Orchestra.Sdk.Binding;

namespace Orchestra.Sdk.Tests.Binding;

/// <summary>docs/decisions/0009: what only generated code calls.</summary>
internal sealed class ApiShapeTests
{
    private static Type[] Types { get; } =
        [.. typeof(Argument).Assembly.GetExportedTypes().Where(static type => type.Namespace == typeof(Argument).Namespace)];

    [Test]
    public void Has_no_optional_parameters() =>
        Assert.That(
            Types
                .SelectMany(static type => type.GetMembers().OfType<MethodBase>())
                .Where(static method => method.DeclaringType!.Assembly == typeof(Argument).Assembly)
                .Where(static method => method.GetParameters().Any(static parameter => parameter.IsOptional)),
            Is.Empty);

    [Test]
    public void Is_offered_to_nobody() =>
        Assert.That(
            Types.Where(static type => type.GetCustomAttribute<EditorBrowsableAttribute>()?.State != EditorBrowsableState.Never),
            Is.Empty);
}
