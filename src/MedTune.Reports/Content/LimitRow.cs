namespace MedTune.Reports;

/// <summary>Something this model is not, or does not show.</summary>
/// <param name="Title">A few words, for example <c>Not validated elsewhere</c>.</param>
/// <param name="Text">What it means for the reader.</param>
public sealed record LimitRow(string Title, string Text);
