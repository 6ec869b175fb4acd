namespace MedTune.Reports;

/// <summary>A part the rows were divided into.</summary>
/// <param name="Label">What the part is for, for example <c>Training and out-of-fold figures</c>.</param>
/// <param name="Samples">How many rows.</param>
/// <param name="Events">Rows of the positive class; null when there are several classes or it is unknown.</param>
/// <param name="Patients">Different patients among them; null when unknown.</param>
public sealed record FlowEnd(string Label, int Samples, int? Events = null, int? Patients = null);
