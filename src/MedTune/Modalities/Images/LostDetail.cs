using System.Globalization;
using MedTune.Data;
using MedTune.Data.Images;

namespace MedTune.Modalities.Images;

/// <summary>Tells where pictures have much more detail than the network reads and the model does poorly: what matters may be small.</summary>
internal static class LostDetail
{
    private const double MuchLarger = 1.5;
    private const double Poor = 0.8;

    /// <summary>The finding; null where there is nothing to tell.</summary>
    /// <param name="plan">What was done.</param>
    /// <param name="data">The pictures.</param>
    /// <param name="side">Pixels that the network reads along a side.</param>
    /// <param name="outOfFold">How good the model is.</param>
    public static Finding? Report(Plan plan, ImageData data, int side, Metrics outOfFold)
    {
        int median = ImageSide.Median(data);
        double area = outOfFold[data.ClassNames.Length == 2 && !data.HasFindings ? "auroc" : "macro_auroc"].Value;
        if (plan.Images is not { Network.Parent: null, Pooling: ImagePlan.MeanPooling } || median < MuchLarger * side || !(area < Poor))
        {
            return null;
        }

        return new Finding(
            ImageFindingCodes.LostDetail,
            FindingSeverity.Warning,
            null,
            data.Rows,
            string.Create(CultureInfo.InvariantCulture, $"The pictures have about {median} pixels along their shorter side, the network reads {side} of them, and the model is poor (AUROC {area:0.00} out of fold)."),
            "Where what matters is small in the pictures, train again with --small-objects, or with a larger --side.");
    }
}
