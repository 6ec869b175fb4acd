namespace MedTune.Modalities.Treatment;

/// <summary>The codes of what is found before any effect is worked out.</summary>
internal static class TreatmentFindings
{
    /// <summary>A column says which arm a patient received, in other words.</summary>
    public const string Copy = "treatment-copy";

    /// <summary>A column all but decides which arm a patient receives.</summary>
    public const string Decided = "treatment-decided";

    /// <summary>A column was or may have been measured after treatment began.</summary>
    public const string After = "after-treatment";

    /// <summary>Patients like whom one arm hardly ever received.</summary>
    public const string Outside = "outside-overlap";
}
