namespace MedTune;

/// <summary>One file of a run, compared with what training again gave.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Expected">The digest in the record.</param>
/// <param name="Found">The digest now.</param>
public sealed record DigestComparison(string File, string Expected, string Found);
