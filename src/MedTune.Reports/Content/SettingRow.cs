namespace MedTune.Reports;

/// <summary>One setting of a model that was tried.</summary>
/// <param name="Name">The setting, for example <c>penalty 10</c>.</param>
/// <param name="LogLoss">Its log-loss in the comparison of settings; NaN when not measured.</param>
/// <param name="IsUsed">Whether its model was taken with this setting.</param>
public sealed record SettingRow(string Name, double LogLoss, bool IsUsed);
