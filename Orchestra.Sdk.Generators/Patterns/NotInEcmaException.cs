using System;

namespace Orchestra.Sdk.Generators.Patterns;

/// <summary>Ends a translation. It stays within this folder.</summary>
/// <param name="construct">What ECMA-262 cannot say.</param>
internal sealed class NotInEcmaException(string construct) : Exception(construct);
