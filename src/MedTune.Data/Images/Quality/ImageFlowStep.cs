namespace MedTune.Data.Images;

/// <summary>A step of the flow of pictures: what is left after one reason to leave pictures out.</summary>
/// <param name="Reason">The reason; null for the start.</param>
/// <param name="Images">Pictures that are left.</param>
/// <param name="Patients">Patients that are left, or null where the data does not say.</param>
public sealed record ImageFlowStep(ImageExclusion? Reason, int Images, int? Patients)
{
    internal static ImageFlowStep Of(ImageExclusion? reason, int[] remaining, ImageSet images)
    {
        bool hasPatients = images.Samples.Any(sample => sample.Patient is not null);
        int? patients = hasPatients ? remaining.Select(sample => images.Samples[sample].Patient).Where(patient => patient is not null).Distinct(StringComparer.Ordinal).Count() : null;
        return new ImageFlowStep(reason, remaining.Length, patients);
    }
}
