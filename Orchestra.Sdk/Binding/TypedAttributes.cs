using System.ComponentModel;

namespace Orchestra.Sdk.Binding;

/// <summary>Says that a method sends objects of the type that a call of it is made for, so that code is generated for that type.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[AttributeUsage(AttributeTargets.GenericParameter)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WrittenTypeAttribute : Attribute;

/// <summary>Says that a method reads an object of the type that a call of it is made for, so that code is generated for that type.</summary>
/// <remarks>For generated code alone, and covered by versioning for nothing else.</remarks>
[AttributeUsage(AttributeTargets.GenericParameter)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReadTypeAttribute : Attribute;
