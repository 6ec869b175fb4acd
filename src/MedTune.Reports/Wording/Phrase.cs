namespace MedTune.Reports.Wording;

/// <summary>A stretch of text, stressed or not.</summary>
/// <param name="Text">The text, not escaped.</param>
/// <param name="IsStrong">Whether it is stressed.</param>
internal readonly record struct Phrase(string Text, bool IsStrong);
