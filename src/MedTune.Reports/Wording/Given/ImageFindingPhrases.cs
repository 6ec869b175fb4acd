using System.Collections.Immutable;
using MedTune.Data.Images;

namespace MedTune.Reports.Wording.Given;

/// <summary>Findings about pictures.</summary>
internal static class ImageFindingPhrases
{
    /// <summary>The phrases.</summary>
    public static ImmutableArray<GivenPhrase> All { get; } =
    [
        new("{0} [file is|files are] no picture.", "{0} 个文件不是图像。", ImageFindingCodes.OtherFiles),
        new("{0} [picture|pictures] cannot be read.", "{0} 幅图像无法读取。", ImageFindingCodes.Unreadable),
        new("{0} [picture has|pictures have] a side of fewer than {1} pixels.", "{0} 幅图像的某一边不足 {1} 像素。", ImageFindingCodes.Tiny),
        new("{0} [picture shows|pictures show] nothing: every pixel is nearly the same.", "{0} 幅图像无内容：所有像素几乎相同。", ImageFindingCodes.Blank),
        new("{0} [patient has|patients have] pictures in more than one of train, val and test: the model would be tested on people it has learned by heart.", "{0} 例患者的图像同时出现在 train、val、test 中的多个部分：模型会在已经记住的人身上接受测试。", ImageFindingCodes.PatientAcrossParts),
        new("{0} [picture is|pictures are] [grey] while the others are [in colour]: perhaps of another kind of examination.", "{0} 幅图像为灰度，其余为彩色：可能来自另一种检查。", ImageFindingCodes.OddColour),
        new("{0} [picture is|pictures are] [in colour] while the others are [grey]: perhaps of another kind of examination.", "{0} 幅图像为彩色，其余为灰度：可能来自另一种检查。", ImageFindingCodes.OddColour),
        new("{0} [picture has|pictures have] white marks near the border, as letters are: they may name the patient, or tell the model where the picture was taken.", "{0} 幅图像边缘附近有类似文字的白色标记：可能含患者姓名，或使模型得知拍摄地点。", ImageFindingCodes.BurntInText),
        new("At least {0} [pair|pairs] of pictures with exactly the same pixels.", "至少 {0} 对图像像素完全相同。", ImageFindingCodes.Same),
        new("{0} [pair|pairs] of pictures with exactly the same pixels.", "{0} 对图像像素完全相同。", ImageFindingCodes.Same),
        new("At least {0} [pair|pairs] of pictures that are almost the same.", "至少 {0} 对图像几乎相同。", ImageFindingCodes.NearlySame),
        new("{0} [pair|pairs] of pictures that are almost the same.", "{0} 对图像几乎相同。", ImageFindingCodes.NearlySame),
        new("{0} [of these pairs has|of these pairs have] two different labels: one of them is wrong.", "其中 {0} 对的两个标签不同：必有一个是错的。", ImageFindingCodes.TwoLabels),
        new("{0} [pair|pairs] ({1} with exactly the same pixels) on two sides of the split: {2}.", "{0} 对（其中 {1} 对像素完全相同）位于划分的两侧：{2*}。", ImageFindingCodes.AcrossParts),
        new("How the pictures were taken ({0}) tells {1} with an AUROC of {2}, without a look at what they show; alone: {3}.", "仅凭图像的采集方式（{0*}）、不看图像内容，即可判断{1*}，AUROC 为 {2*}；单独作用：{3*}。", ImageFindingCodes.AcquisitionShortcut),
        new("How the pictures were taken ({0}) tells {1} with an AUROC of {2}, without a look at what they show; no kind alone does.", "仅凭图像的采集方式（{0*}）、不看图像内容，即可判断{1*}，AUROC 为 {2*}；任何单项都做不到。", ImageFindingCodes.AcquisitionShortcut),
        new("border", "边缘"),
        new("size", "尺寸"),
        new("colour", "颜色"),
        new("encoding", "编码"),
        new("site", "中心"),
        new("the label", "标签"),
    ];
}
