namespace MedTune;

/// <summary>An input or output of a model file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type, such as <c>Float</c>.</param>
/// <param name="Shape">Its extents, such as <c>[N, 3, 224, 224]</c>; a letter is open, <c>[...]</c> has not even a known rank.</param>
public sealed record ModelValue(string Name, string Type, string Shape);
