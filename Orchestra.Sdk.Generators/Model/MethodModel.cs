namespace Orchestra.Sdk.Generators.Model;

/// <summary>How a method of the user's is called.</summary>
/// <param name="Name">As it is written in C#.</param>
/// <param name="Receiver">
/// What it is called on: <c>plugin</c>, the plugin as one of its base types, or a type where the method is static.
/// </param>
internal sealed record MethodModel(string Name, string Receiver);
