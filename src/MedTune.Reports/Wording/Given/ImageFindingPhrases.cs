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
        .. Findings,
        .. Studies,
        new("border", "边缘"),
        new("size", "尺寸"),
        new("colour", "颜色"),
        new("encoding", "编码"),
        new("site", "中心"),
        new("the label", "标签"),
    ];

    private static ImmutableArray<GivenPhrase> Findings =>
    [
        new("The pictures also have the labels {0}, which are not asked for.", "图像还有未要求的标签：{0*}。", ImageFindingCodes.OtherFindings),
        new("No picture has the [finding|findings] {0}.", "没有图像具有以下征象：{0*}。", ImageFindingCodes.AbsentFindings),
        new("{0} of {1} pictures to learn from have the finding '{2}' ({3} independent [patient|patients] with it, {4} without); at least {5} independent patients of each kind are needed.", "{1} 幅学习用图像中有 {0} 幅具有征象“{2}”（有该征象的独立患者 {3} 例，无该征象的 {4} 例）；两者均至少需要 {5} 例独立患者。", ImageFindingCodes.RareFinding),
        new("The data say which pictures train, check and test, and folds were given.", "数据已说明哪些图像用于训练、核对和测试，同时又给定了分折。", ImageFindingCodes.PartsIgnored),
        new("The pictures have about {0} pixels along their shorter side, the network reads {1} of them, and the model is poor (AUROC {2} out of fold).", "图像短边约 {0} 像素，网络只读取 {1} 像素，而模型较差（折外 AUROC {2}）。", ImageFindingCodes.LostDetail),
    ];

    private static ImmutableArray<GivenPhrase> Studies =>
    [
        new("{0} [picture is|pictures are] of another kind of device ({1}) than most ({2}).", "{0} 幅图像来自另一种设备（{1}），而多数来自 {2}。", ImageFindingCodes.OddModality),
        new("In {0} series one label stands for pictures of different kinds ({1}): {2} [picture is|pictures are] unlike the others of the series, and would teach the label by what may not show it.", "{0} 个序列以同一标签代表不同种类的图像（{1*}）：{2} 幅与序列中其他图像不同，可能并不显示该标签所指，却会被用来学习它。", ImageFindingCodes.MixedSeries),
        new("[localizers among others] in {0}, {1}", "{0} 个夹有定位像，{1*}"),
        new("[several modalities] in {0}, {1}", "{0} 个有多种成像方式，{1*}"),
        new("[several planes] in {0}, {1}", "{0} 个有多种平面，{1*}"),
        new("[localizers among others] in {0}", "{0} 个夹有定位像"),
        new("[several modalities] in {0}", "{0} 个有多种成像方式"),
        new("[several planes] in {0}", "{0} 个有多种平面"),
        new("[several sizes] in {0}", "{0} 个有多种尺寸"),
        new("In {0} [study|studies] one label stands for series that differ in modality, plane or size.", "{0} 次检查以同一标签代表成像方式、平面或尺寸不同的序列。", ImageFindingCodes.MixedStudies),
        new("The patients of {0} [picture|pictures] are told by DICOM headers ({1}).", "{0} 幅图像的患者由 DICOM 文件头得知（{1*}）。", ImageFindingCodes.DicomPatients),
        new("PatientID, or the study where that is empty", "PatientID，为空时以检查代替"),
        new("The DICOM headers name one patient for {0} studies: perhaps whoever took the names out put the same number everywhere.", "{0} 次检查的 DICOM 文件头均为同一患者：也许去除姓名时各处填了同一编号。", ImageFindingCodes.DicomOnePatient),
        new("{0} [volume gives|volumes give] {1} [slice|slices], {2} by the orientation in the header; of {3} that hold several volumes, the first.", "{0} 个容积给出 {1} 张切片，按文件头中的方向取{2*}；其中 {3} 个含多个容积，取第一个。", ImageFindingCodes.VolumeSlices),
        new("{0} [volume gives|volumes give] {1} [slice|slices], {2} by the orientation in the header.", "{0} 个容积给出 {1} 张切片，按文件头中的方向取{2*}。", ImageFindingCodes.VolumeSlices),
        new("axial", "轴位"),
        new("coronal", "冠状位"),
        new("sagittal", "矢状位"),
        new("{0} [volume does not say where its|volumes do not say where their] axes point.", "{0} 个容积未说明各轴的方向。", ImageFindingCodes.VolumeWithoutOrientation),
    ];
}
